/** A cell of a grid. */
export interface Cell {
  row: number;
  column: number;
}

/** How far a grid reaches. */
export interface Reach {
  rows: number;
  columns: number;
  /** Rows of one screen. */
  page: number;
}

type Move = (cell: Cell, reach: Reach) => Cell;

const MOVES: Record<string, Move> = {
  arrowdown: ({ row, column }) => ({ row: row + 1, column }),
  arrowup: ({ row, column }) => ({ row: row - 1, column }),
  j: ({ row, column }) => ({ row: row + 1, column }),
  k: ({ row, column }) => ({ row: row - 1, column }),
  arrowleft: ({ row, column }) => ({ row, column: column - 1 }),
  arrowright: ({ row, column }) => ({ row, column: column + 1 }),
  pagedown: ({ row, column }, { page }) => ({ row: row + page, column }),
  pageup: ({ row, column }, { page }) => ({ row: row - page, column }),
  home: ({ row }) => ({ row, column: 0 }),
  end: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  "mod+home": () => ({ row: 0, column: 0 }),
  "mod+end": (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
  "mod+arrowleft": ({ row }) => ({ row, column: 0 }),
  "mod+arrowright": ({ row }, { columns }) => ({ row, column: columns - 1 }),
  "mod+arrowdown": ({ column }, { rows }) => ({ row: rows - 1, column }),
  "mod+arrowup": ({ column }) => ({ row: 0, column }),
};

/** The cell that a key leads to, never outside the grid; null for keys that do not move. */
export function moveCell(key: string, from: Cell, reach: Reach): Cell | null {
  const move = MOVES[key];
  if (!move || reach.rows === 0) return null;
  const to = move(from, reach);
  return {
    row: Math.min(Math.max(to.row, 0), reach.rows - 1),
    column: Math.min(Math.max(to.column, 0), reach.columns - 1),
  };
}

/** The rectangle between two cells. */
export interface CellRange {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** The rectangle that two cells span. */
export function rangeOf(a: Cell, b: Cell): CellRange {
  return {
    firstRow: Math.min(a.row, b.row),
    lastRow: Math.max(a.row, b.row),
    firstColumn: Math.min(a.column, b.column),
    lastColumn: Math.max(a.column, b.column),
  };
}

/** Rows of cells as a spreadsheet takes them from the clipboard. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoteCell).join("\t")).join("\n");
}

function quoteCell(cell: string): string {
  return /["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
