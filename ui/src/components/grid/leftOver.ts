import { formatCount } from "../../lib/format";
import type { Cell } from "./keyboard";

/** What of a block has no place, as it lies beyond the end of a grid; null where all of it has one. */
export function leftOver(
  block: readonly (readonly string[])[],
  from: Cell,
  size: { rows: number; columns: number },
): string | null {
  const width = Math.max(...block.map((row) => row.length));
  const beyond = [
    { count: from.row + block.length - size.rows, what: "row" },
    { count: from.column + width - size.columns, what: "column" },
  ];
  const told = beyond
    .filter(({ count }) => count > 0)
    .map(({ count, what }) => formatCount(count, what));
  if (told.length === 0) return null;
  return `The table ends there: ${told.join(" and ")} of what you pasted had no place.`;
}
