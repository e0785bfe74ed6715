/** Which columns an export writes; the choice is remembered on this machine. */
import type { Field, FieldInfo } from "../../bindings";

const KEY = "backstock.export-columns";

/** A file without it could not be imported again. */
export const ALWAYS: Field = "sku";

/** The columns that a person may export. */
export function exportable(fields: readonly FieldInfo[], mayCosts: boolean): FieldInfo[] {
  return fields.filter(({ key }) => key !== "cost" || mayCosts);
}

/** The columns that were left out last time. */
export function readLeftOut(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.map(String) : []);
  } catch {
    return new Set();
  }
}

/** Remembers which columns were left out: a field that is new later is exported. */
export function keepLeftOut(leftOut: ReadonlySet<string>): void {
  localStorage.setItem(KEY, JSON.stringify([...leftOut]));
}

/** The columns to write in reading order; null when nothing is left out. */
export function chosenColumns(
  fields: readonly FieldInfo[],
  leftOut: ReadonlySet<string>,
): Field[] | null {
  const chosen = fields.map(({ key }) => key).filter((key) => key === ALWAYS || !leftOut.has(key));
  return chosen.length === fields.length ? null : chosen;
}

/** The name proposed for the file: `products 2026-11-22.csv`. */
export function exportName(now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `products ${day.join("-")}.csv`;
}
