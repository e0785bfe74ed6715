import type { ChosenFile } from "../../bindings";
import { withFile } from "../../features/imports/holding";
import { arePictures } from "../../lib/images";
import { paths } from "../../lib/paths";

/** What dropping files would do. */
export interface DropVerdict {
  accepted: boolean;
  title: string;
  detail: string;
}

const NOT_TEXT = /\.(xlsx?|xlsm|ods|numbers|pdf|docx?|zip|gz)$/i;

/** What was dropped holds no file: a folder, or what another program drags. */
export const NO_FILE: DropVerdict = {
  accepted: false,
  title: "This is not a file",
  detail: "Drop one CSV file, or pictures; a folder cannot be taken.",
};

/** Judges dragged pictures, which are added to what takes some now. */
function pictureVerdict(names: readonly string[], target: string | undefined): DropVerdict {
  const pictures = names.length === 1 ? (names[0] ?? "") : `${names.length} pictures`;
  return target === undefined
    ? {
        accepted: false,
        title: `Nothing here takes ${names.length === 1 ? "a picture" : "pictures"}`,
        detail: "Open a product first, then drop its pictures on the window.",
      }
    : {
        accepted: true,
        title: `Drop to add ${pictures} to ${target}`,
        detail: "They are saved with the form.",
      };
}

/**
 * Judges dragged files by their names: one text file at a time can be imported, pictures are added to
 * what takes some now.
 */
export function dropVerdict(
  names: readonly string[],
  mayImport: boolean,
  target?: string,
): DropVerdict {
  const [name] = names;
  if (arePictures(names)) return pictureVerdict(names, target);
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
