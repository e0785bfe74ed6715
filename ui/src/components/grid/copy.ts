import type { Host } from "../../host/host";
import { formatCount, formatInteger } from "../../lib/format";
import { showInfo, showToast } from "../toast";
import type { GridColumn } from "./columns";
import type { DataGridProps } from "./DataGrid";
import { toTsv, type CellRange } from "./keyboard";
import { countSelected, isSelected } from "./selection";

/** No more rows than this are selected one by one, or copied at once. */
export const MOST_SELECTED = 5000;

const MOST_AT_ONCE = `At most ${formatInteger(MOST_SELECTED)} are copied at once; Export writes all of them.`;

/** Rows `first` to before `end`. */
export interface RowSpan {
  first: number;
  end: number;
}

/** Text of cells, and how many rows there should have been. */
interface Copied {
  rows: string[][];
  wanted: number;
  /** Why there are fewer, when there are. */
  left: string;
}

/** Puts a range of cells on the clipboard, or the selected rows, and says how many came there. */
export async function copyCells<T>(
  host: Host,
  source: DataGridProps<T>,
  of: CellRange | RowSpan | null,
): Promise<void> {
  const every = source.selection?.every ?? null;
  const { rows, wanted, left } =
    every !== null && (of === null || !("firstRow" in of))
      ? await everyCell(source, every)
      : of !== null && "firstRow" in of
        ? await rangeCells(source, of)
        : await selectedCells(source, of);
  if (rows.length === 0) return showInfo(`Nothing was copied. ${left}`);
  await host.copyText(toTsv(rows));
  if (rows.length < wanted) {
    showInfo(`${formatInteger(rows.length)} of ${formatCount(wanted, "row")} copied. ${left}`);
  } else if (wanted > 1) showToast(`${formatCount(wanted, "row")} copied.`);
  else showToast("Copied.");
}

/** Pictures are left out among others: a spreadsheet begins with what identifies the row. */
function copiedOf<T>(columns: GridColumn<T>[]): GridColumn<T>[] {
  const words = columns.filter(({ isPicture }) => isPicture !== true);
  return words.length > 0 ? words : columns;
}

/** All columns of the rows of a list that is selected as a whole, but for some. */
async function everyCell<T>(source: DataGridProps<T>, every: number): Promise<Copied> {
  const { pages, layout, selection, rowKey } = source;
  const rows = await pages.load(0, Math.min(every, MOST_SELECTED));
  const chosen = rows.filter(
    (row) => selection !== undefined && isSelected(selection, rowKey(row)),
  );
  return {
    rows: chosen.map((row) => copiedOf(layout.columns).map((column) => column.text(row))),
    wanted: countSelected(selection),
    left: MOST_AT_ONCE,
  };
}

/** The cells of a range. */
async function rangeCells<T>(
  { pages, layout }: DataGridProps<T>,
  { firstRow, lastRow, firstColumn, lastColumn }: CellRange,
): Promise<Copied> {
  const columns = copiedOf(layout.columns.slice(firstColumn, lastColumn + 1));
  const end = Math.min(lastRow, firstRow + MOST_SELECTED - 1) + 1;
  const rows = await pages.load(firstRow, end);
  return {
    rows: rows.map((row) => columns.map((column) => column.text(row))),
    wanted: lastRow - firstRow + 1,
    left: MOST_AT_ONCE,
  };
}

/** The selected rows, as far as they are found where they were selected or at the list's beginning. */
async function selectedCells<T>(
  { pages, layout, selection, rowKey, total = 0 }: DataGridProps<T>,
  at: RowSpan | null,
): Promise<Copied> {
  const wanted = selection?.selected.size ?? 0;
  const find = async ({ first, end }: RowSpan) => {
    const rows = await pages.load(first, Math.min(total, end, first + MOST_SELECTED));
    return rows.filter((row) => selection?.selected.has(rowKey(row)));
  };
  let found = at === null ? [] : await find(at);
  if (found.length < wanted) {
    const elsewhere = await find({ first: 0, end: total });
    if (elsewhere.length > found.length) found = elsewhere;
  }
  return {
    rows: found.map((row) => copiedOf(layout.columns).map((column) => column.text(row))),
    wanted,
    left: "The others are not in this list, or too far away in it.",
  };
}
