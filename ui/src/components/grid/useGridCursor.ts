import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";

import { useHost } from "../../host/context";
import { formatInteger } from "../../lib/format";
import { shortcutOf } from "../../lib/shortcuts";
import { showErrorToast, showInfo } from "../toast";
import { copyCells, MOST_SELECTED, type RowSpan } from "./copy";
import type { DataGridProps } from "./DataGrid";
import { moveCell, rangeOf, type Cell, type CellRange } from "./keyboard";
import { cellUnder, useDragRange } from "./useDragRange";
import { countSelected } from "./selection";
import { revealColumn } from "./revealColumn";
import type { RowWindowControl } from "./useRowWindow";

interface CursorSource<T> extends DataGridProps<T> {
  rows: number;
  scroll: RowWindowControl;
  grid: RefObject<HTMLElement | null>;
}

interface GridCursor {
  cell: Cell | null;
  /** The selected cells, when there are several. */
  range: CellRange | null;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: () => void;
  onMouseDown: (event: MouseEvent<HTMLElement>) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onDoubleClick: (event: MouseEvent<HTMLElement>) => void;
  onRowToggle: (index: number, extend: boolean) => void;
  selectAll: () => void;
}

/** Where the cursor stands, and in which list: in another one it would point at a row that was not chosen. */
interface Position {
  listKey: string;
  cell: Cell | null;
  anchor: Cell | null;
}

/** The cell that the keyboard is at, the cells and rows that are selected, and what keys do. */
export function useGridCursor<T>(source: CursorSource<T>): GridCursor {
  const { listKey } = source;
  const nowhere: Position = { listKey, cell: null, anchor: null };
  const [position, setPosition] = useState(nowhere);
  const { cell, anchor } = position.listKey === listKey ? position : nowhere;
  const lastToggled = useRef<{ index: number; listKey: string } | null>(null);
  const host = useHost();
  // The selection knows keys alone: to copy its rows one must know where to read them.
  const selectedAt = useRef<RowSpan | null>(null);
  const latest = useRef({ source, cell, anchor });
  useEffect(() => {
    latest.current = { source, cell, anchor };
  });

  const moveTo = useCallback((to: Cell, extend: boolean) => {
    const { source: now, cell: from, anchor: start } = latest.current;
    const anchored = extend ? (start ?? from ?? to) : null;
    setPosition({ listKey: now.listKey, cell: to, anchor: anchored });
    now.scroll.reveal(to.row);
    const row = now.pages.rowAt(to.row);
    if (!extend && row !== undefined && to.row !== from?.row) now.onCursor?.(row, to.row);
  }, []);
  const drag = useDragRange(moveTo);

  const { grid } = source;
  const onAt = source.cells?.onAt;
  useEffect(() => {
    if (cell !== null) onAt?.(cell, anchor && rangeOf(cell, anchor));
  }, [onAt, cell, anchor]);
  const onReady = source.cells?.onReady;
  useEffect(() => {
    onReady?.({
      moveTo: (to) => {
        const { rows, layout } = latest.current.source;
        const row = Math.min(Math.max(to.row, 0), rows - 1);
        const column = Math.min(Math.max(to.column, 0), layout.columns.length - 1);
        moveTo({ row, column }, false);
        if (grid.current) revealColumn(grid.current, column);
        grid.current?.focus({ preventScroll: true });
      },
    });
  }, [onReady, grid, moveTo]);

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
        showInfo(
          `At most ${formatInteger(MOST_SELECTED)} rows are selected one by one. Select all, or narrow the list.`,
        );
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
      const { every, except } = now.selection;
      const key = now.rowKey(row);
      if (every !== null && except.size === MOST_SELECTED && !except.has(key)) {
        showInfo(
          `At most ${formatInteger(MOST_SELECTED)} rows are left out one by one. Narrow the list instead.`,
        );
        return;
      }
      const last = lastToggled.current;
      const isRange = extend && every === null && last?.listKey === now.listKey;
      if (isRange) void selectRange(last.index, index);
      else {
        noteSelected({ first: index, end: index + 1 });
        now.selection.toggle(key);
      }
      lastToggled.current = { index, listKey: now.listKey };
    },
    [noteSelected, selectRange],
  );

  const selectAll = useCallback(() => {
    const { source: now } = latest.current;
    if (!now.selection || now.total === undefined) return;
    if (countSelected(now.selection) > 0) now.selection.clear();
    else if (now.total > MOST_SELECTED) now.selection.selectEvery(now.total);
    else void selectRange(0, now.total - 1);
  }, [selectRange]);

  const copy = useCallback(async () => {
    const { source: now, cell: at, anchor: start } = latest.current;
    const isOfRows = start === null && countSelected(now.selection) > 0;
    if (!at && !isOfRows) return;
    try {
      const range = isOfRows || !at ? null : rangeOf(at, start ?? at);
      await copyCells(host, now, range ?? selectedAt.current);
    } catch (error) {
      showErrorToast(error);
    }
  }, [host]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (cell && source.cells?.onKey(event, cell, anchor ? rangeOf(cell, anchor) : null)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const key = shortcutOf(event.nativeEvent);
    const { rows, layout, scroll } = source;
    const reach = { rows, columns: layout.columns.length, page: scroll.pageRows };
    const to = moveCell(key, cell ?? { row: -1, column: 0 }, reach);
    if (to) {
      moveTo(to, event.shiftKey);
      if (to.column !== cell?.column) revealColumn(event.currentTarget, to.column);
    } else if (key === "enter" && cell) onRowOpen(cell.row);
    else if (key === " " && cell) onRowToggle(cell.row, event.shiftKey);
    else if (key === "mod+a" && source.selection) selectAll();
    else if (key === "mod+c") void copy();
    else if (key === "escape" && (anchor || countSelected(source.selection) > 0)) {
      setPosition({ listKey, cell, anchor: null });
      source.selection?.clear();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    cell,
    range: cell && anchor ? rangeOf(cell, anchor) : null,
    onKeyDown,
    onFocus: () =>
      setPosition((old) =>
        old.listKey === listKey && old.cell
          ? old
          : { listKey, cell: { row: 0, column: 0 }, anchor: null },
      ),
    onMouseDown: (event) => {
      const at = cellUnder(event.target);
      if (!at || event.button !== 0) return;
      moveTo(at, event.shiftKey);
      drag.begin(event.currentTarget, at);
    },
    onClick: (event) => {
      const at = cellUnder(event.target);
      if (at && !event.shiftKey && event.detail === 1 && !drag.hasMoved()) onRowOpen(at.row);
    },
    onDoubleClick: (event) => {
      const at = cellUnder(event.target);
      if (at) source.cells?.onDoubleClick(at);
    },
    onRowToggle,
    selectAll,
  };
}
