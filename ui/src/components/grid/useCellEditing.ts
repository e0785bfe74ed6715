import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";

import {
  fromTsv,
  type CellContextValue,
  type CellSource,
  type GridCells,
  type GridControl,
  type OpenCell,
  type TypedCell,
} from "./cells";
import { showErrorToast } from "../toast";
import { rangeOf, type Cell, type CellRange } from "./keyboard";
import { leftOver } from "./leftOver";

interface CellEditing {
  /** For the grid. */
  cells: GridCells;
  /** For its cells. */
  context: CellContextValue;
  /** Takes a block from the clipboard, from the cursor on. */
  paste: (text: string) => void;
  /** Where the clipboard is received. */
  receiver: React.RefObject<HTMLTextAreaElement | null>;
}

/** Typing into the cells of a grid: what keys do, which cell is open, and what is pasted where. */
export function useCellEditing<T>(source: CellSource<T>): CellEditing {
  const [open, setOpen] = useState<OpenCell | null>(null);
  const control = useRef<GridControl>(null);
  const receiver = useRef<HTMLTextAreaElement>(null);
  /** Where the cursor is, and what is selected. */
  const cursor = useRef<{ at: Cell; range: CellRange }>(undefined);
  /** The row whose cell is open, as it was when it was opened: what is typed is about that. */
  const seen = useRef<T>(undefined);
  const latest = useRef({ source, open });
  useEffect(() => {
    latest.current = { source, open };
  });

  const openCell = useCallback((at: Cell, typed: string | null) => {
    const { source: now } = latest.current;
    const row = now.rows[at.row];
    const column = now.columns[at.column]?.key;
    if (row === undefined || column === undefined) return false;
    const input = now.inputOf(row, column);
    if (input === null) return false;
    cursor.current = { at, range: rangeOf(at, at) };
    seen.current = row;
    const text = typed ?? now.refusedAt(row, column)?.text ?? input;
    setOpen({ rowKey: now.rowKey(row), column, text, isEdit: typed === null });
    return true;
  }, []);

  /** The same text for all cells of a range, or the block from its first cell on. */
  const fill = useCallback((range: CellRange, block: readonly (readonly string[])[]) => {
    const { source: now } = latest.current;
    const isOne = block.length === 1 && block[0]?.length === 1;
    const height = isOne ? range.lastRow - range.firstRow + 1 : block.length;
    const typed: TypedCell<T>[] = [];
    for (let step = 0; step < height; step += 1) {
      const row = now.rows[range.firstRow + step];
      const texts = isOne ? undefined : block[step];
      const width = texts?.length ?? range.lastColumn - range.firstColumn + 1;
      for (let across = 0; across < width; across += 1) {
        const column = now.columns[range.firstColumn + across]?.key;
        const text = texts === undefined ? block[0]?.[0] : texts[across];
        if (row === undefined || column === undefined || text === undefined) continue;
        if (now.inputOf(row, column) !== null) typed.push({ row, column, text });
      }
    }
    if (typed.length > 0) now.onTyped(typed);
  }, []);

  const onKey = useCallback(
    (event: KeyboardEvent<HTMLElement>, at: Cell, range: CellRange | null) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      cursor.current = { at, range: range ?? rangeOf(at, at) };
      if (ctrlKey || metaKey) {
        if (key === "Enter") return goTo(latest.current.source, at.row);
        // What has the focus when the key is done receives the clipboard.
        if (key.toLowerCase() === "v") receiver.current?.focus({ preventScroll: true });
        return false;
      }
      if (altKey) {
        const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
        const isMoved = step !== 0 && latest.current.source.onMoveRow?.(at.row, step) === true;
        if (isMoved) control.current?.moveTo({ row: at.row + step, column: at.column });
        return isMoved;
      }
      if (event.nativeEvent.isComposing) return false;
      if (key === "Enter" || key === "F2") return openCell(at, null);
      if (key === "Delete") {
        fill(cursor.current.range, [[""]]);
        return true;
      }
      if (key === "Escape") return dropAt(latest.current.source, at);
      if (key === "Backspace") return openCell(at, "");
      return key.length === 1 && openCell(at, key);
    },
    [fill, openCell],
  );

  const close = useCallback((to: Cell | null) => {
    setOpen(null);
    const at = cursor.current?.at;
    if (at && to) control.current?.moveTo({ row: at.row + to.row, column: at.column + to.column });
  }, []);

  const onDone = useCallback(
    (step: Cell) => {
      const { source: now, open: done } = latest.current;
      // It was taken before: the editor is left as the cursor goes on.
      if (done === null) return;
      latest.current.open = null;
      const { column, text } = done;
      const row = seen.current;
      if (row !== undefined) {
        const refused = now.refusedAt(row, column);
        const before = refused?.text ?? now.inputOf(row, column);
        // What was refused is tried again when it is entered again.
        if (before !== text || refused?.message !== undefined) now.onTyped([{ row, column, text }]);
      }
      close(step);
    },
    [close],
  );

  const paste = useCallback(
    (text: string) => {
      const at = cursor.current;
      if (at === undefined || text === "") return;
      latest.current.open = null;
      close({ row: 0, column: 0 });
      const block = fromTsv(text);
      const { rows, columns } = latest.current.source;
      const { firstRow: row, firstColumn: column } = at.range;
      const size = { rows: rows.length, columns: columns.length };
      fill(at.range, block);
      const left = leftOver(block, { row, column }, size);
      if (left !== null) showErrorToast({ code: "invalid", message: left });
    },
    [close, fill],
  );

  const { refusedAt, rows, rowKey } = source;
  const context = useMemo<CellContextValue>(() => {
    const byKey = new Map(rows.map((row) => [rowKey(row), row]));
    return {
      open,
      refusedAt: (key, column) => {
        const row = byKey.get(key);
        return row === undefined ? undefined : refusedAt(row, column);
      },
      onText: (text) => setOpen((old) => old && { ...old, text }),
      onDone,
      onCancel: () => {
        latest.current.open = null;
        close({ row: 0, column: 0 });
      },
    };
  }, [open, rows, rowKey, refusedAt, onDone, close]);
  const cells = useMemo<GridCells>(
    () => ({
      onKey,
      onDoubleClick: (at) => void openCell(at, null),
      onAt: (at, range) => {
        cursor.current = { at, range: range ?? rangeOf(at, at) };
      },
      onReady: (ready) => {
        control.current = ready;
      },
    }),
    [onKey, openCell],
  );
  return { cells, context, paste, receiver };
}

function goTo<T>(source: CellSource<T>, at: number): boolean {
  const row = source.rows[at];
  if (row === undefined || source.onGoTo === undefined) return false;
  source.onGoTo(row);
  return true;
}

/** Drops a value that was refused; whether there was one. */
function dropAt<T>(source: CellSource<T>, { row: at, column: index }: Cell): boolean {
  const row = source.rows[at];
  const column = source.columns[index]?.key;
  if (row === undefined || column === undefined) return false;
  if (source.refusedAt(row, column) === undefined) return false;
  source.onDrop(row, column);
  return true;
}
