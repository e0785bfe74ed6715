/** Which columns an export writes; the choice is remembered on this machine, by kind of record. */
import type { Field, Kind, KindInfo } from "../../bindings";

const KEY = "backstock.export-columns";

/** The columns of a file, and those of them that it must have: without them it could not be imported again. */
export interface ExportColumns {
  fields: { key: Field; label: string }[];
  always: ReadonlySet<Field>;
}

/** What the records of a kind can be exported with. A code that is made of others stands in their columns. */
export function exportColumns({ fields, code }: KindInfo): ExportColumns {
  const typed = fields.filter(({ computed }) => !computed);
  const isMade = typed.length < fields.length;
  const always = typed.filter(({ key, reference }) => (isMade ? reference !== null : key === code));
  return { fields: typed, always: new Set(always.map(({ key }) => key)) };
}

/** The columns that were left out last time. */
export function readLeftOut(kind: Kind): ReadonlySet<Field> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`${KEY}.${kind}`) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.map(String) : []);
  } catch {
    return new Set();
  }
}

/** Remembers which columns were left out: a field that is new later is exported. */
export function keepLeftOut(kind: Kind, leftOut: ReadonlySet<Field>): void {
  localStorage.setItem(`${KEY}.${kind}`, JSON.stringify([...leftOut]));
}

/** The columns to write in reading order; null when nothing is left out. */
export function chosenColumns(
  { fields, always }: ExportColumns,
  leftOut: ReadonlySet<Field>,
): Field[] | null {
  const chosen = fields.map(({ key }) => key).filter((key) => always.has(key) || !leftOut.has(key));
  return chosen.length === fields.length ? null : chosen;
}

/** The name proposed for the file: `products 2026-11-22.csv`. */
export function exportName(plural: string, now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${plural} ${day.join("-")}.csv`;
}
