import type { ChosenFile } from "../../bindings";
import { withFile } from "../../features/imports/holding";
import { paths } from "../../lib/paths";

/** What dropping files would do. */
export interface DropVerdict {
  accepted: boolean;
  title: string;
  detail: string;
}

const NOT_TEXT = /\.(xlsx?|xlsm|ods|numbers|pdf|docx?|zip|gz|png|jpe?g|webp)$/i;

/** Judges dragged files by their names: one text file at a time can be imported. */
export function dropVerdict(names: readonly string[], mayImport: boolean): DropVerdict {
  const [name] = names;
  if (!mayImport) {
    return {
      accepted: false,
      title: "You may not import files",
      detail: "Ask an owner of this workspace for the right to import.",
    };
  }
  if (names.length > 1) {
    return {
      accepted: false,
      title: `${names.length} files at once cannot be imported`,
      detail: "Drop one CSV file at a time.",
    };
  }
  if (name !== undefined && NOT_TEXT.test(name)) {
    return {
      accepted: false,
      title: `${name} is not a CSV file`,
      detail: "Save it as CSV in the program that made it, then drop that file.",
    };
  }
  return {
    accepted: true,
    title: `Drop to import ${name ?? "the file"}`,
    detail: "Nothing changes yet: first you see what the file would do.",
  };
}

interface Place {
  pathname: string;
  search: string;
}

/** Where a dropped file is imported: what the window asked for is what the file is meant to be. */
export function importOf(file: ChosenFile, { pathname, search }: Place): string {
  const asked = new URLSearchParams(pathname === paths.newImport() ? search : "");
  const params = asked.has("file") ? new URLSearchParams() : asked;
  return `${paths.newImport()}?${withFile(params, file).toString()}`;
}
