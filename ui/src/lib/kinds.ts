import type { Fields, Kind, KindInfo } from "../bindings";

/** What a kind of record is called at the beginning of a line: "Supplier product". */
export function kindName(kinds: readonly KindInfo[], kind: Kind): string {
  return capitalised(kinds.find(({ key }) => key === kind)?.label ?? kind);
}

/** What several are called at the beginning of a line: "Supplier products". */
export function kindPlural({ plural }: KindInfo): string {
  return capitalised(plural);
}

/** A record of this kind before anything was said about it. */
export function blankFields({ fields }: KindInfo): Fields {
  return Object.fromEntries(fields.map(({ key, blank }) => [key, blank]));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
