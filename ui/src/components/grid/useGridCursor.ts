import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";

import { copyText } from "../../lib/clipboard";
import { formatCount, formatInteger } from "../../lib/format";
import { shortcutOf } from "../../lib/shortcuts";
import { showErrorToast, showToast } from "../toast";
import type { DataGridProps } from "./DataGrid";
import { moveCell, rangeOf, toTsv, type Cell, type CellRange } from "./keyboard";
import type { RowWindowControl } from "./useRowWindow";

/** No more rows than this are selected or copied at once. */
export const MOST_SELECTED = 5000;

interface CursorSource<T> extends DataGridProps<T> {
  rows: number;
  scroll: RowWindowControl;
}

/** Rows `first` to before `end`. */
interface RowSpan {
  first: number;
  end: number;
}

interface GridCursor {
  cell: Cell | null;
  /** The selected cells, when there are several. */
  range: CellRange | null;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: () => void;
  onMouseDown: (event: MouseEvent<HTMLElement>) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onRowToggle: (index: number, extend: boolean) => void;
  selectAll: () => void;
}

/** The cell that the keyboard is at, the cells and rows that are selected, and what keys do. */
export function useGridCursor<T>(source: CursorSource<T>): GridCursor {
  const [cell, setCell] = useState<Cell | null>(null);
  const [anchor, setAnchor] = useState<Cell | null>(null);
  const lastToggled = useRef<number | null>(null);
  // The selection knows keys alone: to copy its rows one must know where to read them.
  const selectedAt = useRef<RowSpan | null>(null);
  const latest = useRef({ source, cell, anchor });
  useEffect(() => {
    latest.current = { source, cell, anchor };
  });

  const moveTo = useCallback((to: Cell, extend: boolean) => {
    const { source: now, cell: from, anchor: start } = latest.current;
    setAnchor(extend ? (start ?? from ?? to) : null);
    setCell(to);
    now.scroll.reveal(to.row);
    const row = now.pages.rowAt(to.row);
    if (row !== undefined && to.row !== from?.row) now.onCursor?.(row, to.row);
  }, []);

  const onRowOpen = useCallback((index: number) => {
    const { source: now } = latest.current;
    const row = now.pages.rowAt(index);
    if (row !== undefined) now.onOpen?.(row, index);
  }, []);

  const noteSelected = useCallback(({ first, end }: RowSpan) => {
    const isFirst = latest.current.source.selection?.selected.size === 0;
    const before = isFirst ? null : selectedAt.current;
    selectedAt.current = {
      first: Math.min(first, before?.first ?? first),
      end: Math.max(end, before?.end ?? end),
    };
  }, []);

  const selectRange = useCallback(
    async (from: number, to: number) => {
      const { source: now } = latest.current;
      const [first, end] = [Math.min(from, to), Math.max(from, to) + 1];
      if (!now.selection) return;
      if (end - first > MOST_SELECTED) {
        showToast(`At most ${formatInteger(MOST_SELECTED)} rows can be selected. Narrow the list.`);
        return;
      }
      try {
        const rows = await now.pages.load(first, end);
        noteSelected({ first, end });
        now.selection.add(rows.map(now.rowKey));
      } catch (error) {
        showErrorToast(error);
      }
    },
    [noteSelected],
  );

  const onRowToggle = useCallback(
    (index: number, extend: boolean) => {
      const { source: now } = latest.current;
      const row = now.pages.rowAt(index);
      if (!now.selection || row === undefined) return;
      if (extend && lastToggled.current !== null) void selectRange(lastToggled.current, index);
      else {
        noteSelected({ first: index, end: index + 1 });
        now.selection.toggle(now.rowKey(row));
      }
      lastToggled.current = index;
    },
    [noteSelected, selectRange],
  );

  const selectAll = useCallback(() => {
    const { source: now } = latest.current;
    if (!now.selection || now.total === undefined) return;
    if (now.selection.selected.size > 0) now.selection.clear();
    else void selectRange(0, now.total - 1);
  }, [selectRange]);

  const copy = useCallback(async () => {
    const { source: now, cell: at, anchor: start } = latest.current;
    if (!at) return;
    try {
      const isSelection = start === null && (now.selection?.selected.size ?? 0) > 0;
      const copied = isSelection
        ? await selectedCells(now, selectedAt.current)
        : await rangeCells(now, rangeOf(at, start ?? at));
      if (copied.length > 0) await copyText(toTsv(copied));
      const wanted = isSelection ? (now.selection?.selected.size ?? 0) : copied.length;
      if (copied.length < wanted) showToast(notAllCopied(copied.length, wanted));
      else if (wanted > 1) showToast(`${formatCount(wanted, "row")} copied.`);
    } catch (error) {
      showErrorToast(error);
    }
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const key = shortcutOf(event.nativeEvent);
    const { rows, layout, scroll } = source;
    const reach = { rows, columns: layout.columns.length, page: scroll.pageRows };
    const to = moveCell(key, cell ?? { row: -1, column: 0 }, reach);
    if (to) moveTo(to, event.shiftKey);
    else if (key === "enter" && cell) onRowOpen(cell.row);
    else if (key === " " && cell) onRowToggle(cell.row, event.shiftKey);
    else if (key === "mod+a" && source.selection) selectAll();
    else if (key === "mod+c") void copy();
    else if (key === "escape" && (anchor || source.selection?.selected.size)) {
      setAnchor(null);
      source.selection?.clear();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    cell,
    range: cell && anchor ? rangeOf(cell, anchor) : null,
    onKeyDown,
    onFocus: () => setCell((old) => old ?? { row: 0, column: 0 }),
    onMouseDown: (event) => {
      const at = cellUnder(event.target);
      if (!at || event.button !== 0) return;
      // With Shift the browser would select text instead of cells.
      if (event.shiftKey) {
        event.preventDefault();
        event.currentTarget.focus();
      }
      moveTo(at, event.shiftKey);
    },
    onClick: (event) => {
      const at = cellUnder(event.target);
      if (at && !event.shiftKey && event.detail === 1) onRowOpen(at.row);
    },
    onRowToggle,
    selectAll,
  };
}

/** The cell that was pointed at; none for a checkbox or the header. */
function cellUnder(target: EventTarget): Cell | null {
  const cell = target instanceof Element ? target.closest("[data-column]") : null;
  const row = cell?.closest("[data-row]");
  if (!cell || !row) return null;
  return {
    row: Number(row.getAttribute("data-row")),
    column: Number(cell.getAttribute("data-column")),
  };
}

/** The cells of a range. */
async function rangeCells<T>(
  { pages, layout }: CursorSource<T>,
  { firstRow, lastRow, firstColumn, lastColumn }: CellRange,
): Promise<string[][]> {
  const columns = layout.columns.slice(firstColumn, lastColumn + 1);
  const end = Math.min(lastRow, firstRow + MOST_SELECTED - 1) + 1;
  const rows = await pages.load(firstRow, end);
  return rows.map((row) => columns.map((column) => column.text(row)));
}

/** The selected rows, as far as they are found where they were selected or at the list's beginning. */
async function selectedCells<T>(
  { pages, layout, selection, rowKey, total = 0 }: CursorSource<T>,
  at: RowSpan | null,
): Promise<string[][]> {
  const find = async ({ first, end }: RowSpan) => {
    const rows = await pages.load(first, Math.min(total, end, first + MOST_SELECTED));
    return rows.filter((row) => selection?.selected.has(rowKey(row)));
  };
  let found = at === null ? [] : await find(at);
  if (found.length < (selection?.selected.size ?? 0)) {
    const elsewhere = await find({ first: 0, end: total });
    if (elsewhere.length > found.length) found = elsewhere;
  }
  return found.map((row) => layout.columns.map((column) => column.text(row)));
}

function notAllCopied(copied: number, wanted: number): string {
  const some = `${formatInteger(copied)} of ${formatCount(wanted, "selected row")} copied.`;
  return `${some} The others are not in this list, or too far away in it.`;
}
