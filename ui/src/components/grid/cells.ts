import { createContext, type KeyboardEvent } from "react";

import type { GridColumn } from "./columns";
import type { Cell, CellRange } from "./keyboard";

/** What typing into the cells of a grid needs of it. */
export interface GridCells {
  /** A key was pressed at a cell; whether that was all there is to do. */
  onKey: (event: KeyboardEvent<HTMLElement>, at: Cell, range: CellRange | null) => boolean;
  /** A cell was double-clicked. */
  onDoubleClick: (at: Cell) => void;
  /** The cursor came to a cell, or other cells are selected. */
  onAt: (at: Cell, range: CellRange | null) => void;
  /** Gets what moves the cursor of the grid. */
  onReady: (control: GridControl) => void;
}

/** Moves the cursor of a grid. */
export interface GridControl {
  /** To a cell, or as near to it as the grid reaches; the grid has the focus then. */
  moveTo: (to: Cell) => void;
}

/** What was typed or pasted into one cell. */
export interface TypedCell<T> {
  /** The row as it was seen when its cell was opened. */
  row: T;
  column: string;
  text: string;
}

/** A value that was not taken: it stays in its cell, with the reason. */
export interface RefusedCell {
  text: string;
  /** Why; nothing while it is being saved. */
  message?: string;
}

/** The rows of a grid that can be typed into. */
export interface CellSource<T> {
  rows: readonly T[];
  columns: readonly GridColumn<T>[];
  rowKey: (row: T) => string;
  /** What the editor of a cell begins with; null where nothing can be typed. */
  inputOf: (row: T, column: string) => string | null;
  /** What was typed into a cell and is not taken. */
  refusedAt: (row: T, column: string) => RefusedCell | undefined;
  onTyped: (cells: TypedCell<T>[]) => void;
  /** Drops what was typed into a cell and is not taken. */
  onDrop: (row: T, column: string) => void;
  /** Moves a row up or down (Alt with an arrow); whether it did. */
  onMoveRow?: (from: number, step: number) => boolean;
  /** Ctrl Enter at a row. */
  onGoTo?: (row: T) => void;
}

/** The cell that is open, and what its editor does. */
export interface OpenCell {
  rowKey: string;
  column: string;
  text: string;
  /** Whether arrows to the side move in the text; otherwise they go on to the next cell. */
  isEdit: boolean;
}

/** What the cells of a grid need to draw themselves. */
export interface CellContextValue {
  open: OpenCell | null;
  refusedAt: (rowKey: string, column: string) => RefusedCell | undefined;
  onText: (text: string) => void;
  /** Takes the text, and goes on by so many rows and columns. */
  onDone: (step: Cell) => void;
  onCancel: () => void;
}

/** The cells of the grid around; null where none can be typed into. */
export const CellContext = createContext<CellContextValue | null>(null);

/** The name of a cell among all of a grid. */
export function cellName(rowKey: string, column: string): string {
  return `${rowKey} ${column}`;
}

/** Rows of cells as a spreadsheet puts them on the clipboard. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const body = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  for (let at = 0; at < body.length; at += 1) {
    const letter = body.charAt(at);
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (body.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === "\t" || letter === "\n") {
      rows.at(-1)?.push(cell);
      cell = "";
      if (letter === "\n") rows.push([]);
    } else cell += letter;
  }
  rows.at(-1)?.push(cell);
  return rows;
}
