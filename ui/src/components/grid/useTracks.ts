import { useLayoutEffect, useRef } from "react";

import type { ColumnSize, Content, GridColumn } from "./columns";
import type { DataGridProps } from "./DataGrid";
import { widthOf } from "./textWidth";
import { PAGE_ROWS } from "./usePages";

const CHECK_WIDTH = 36;
/** What most words take of the room that they need at most. */
const USUAL = 0.96;
const CELL_PADDING = 22;
/** What the page's edge takes of the first column beyond that. */
const EDGE = 10;

interface Tracks<T extends object> extends Pick<DataGridProps<T>, "layout" | "pages"> {
  isSelectable: boolean;
  rowHeight: number;
  /** The rows that are drawn: `first` to before `end`. */
  first: number;
  end: number;
}

/** Tells the style sheet the sizes of columns and rows, so that no row needs to know them. */
export function useTracks<T extends object>(
  ref: React.RefObject<HTMLDivElement | null>,
  tracks: Tracks<T>,
): void {
  const { layout, isSelectable, rowHeight } = tracks;
  const contents = useRef(new Contents<T>());
  useLayoutEffect(() => {
    const { columns } = layout;
    contents.current.note({ ...tracks, columns, rowAt: tracks.pages.rowAt });
    const style = ref.current?.style;
    if (!style) return;
    const check = isSelectable ? CHECK_WIDTH : 0;
    const sizes = columns.map((column, index) => {
      const size = layout.sizeOf(column, contents.current.of(column));
      return index === 0 && !isSelectable ? widened(size) : size;
    });
    style.setProperty("--grid-columns", tracksOf(sizes, check));
    let left = check;
    for (const [index, column] of columns.entries()) {
      if (!column.pinned) break;
      style.setProperty(`--grid-pin-${index}`, `${left}px`);
      left += sizes[index]?.width ?? 0;
    }
    style.setProperty("--grid-row-height", `${rowHeight}px`);
    style.setProperty("--grid-width", `${sizes.reduce((sum, { least }) => sum + least, check)}px`);
  });
}

/** The first column keeps further from the edge of the page, unless a box to tick stands there. */
function widened({ width, least, grows }: ColumnSize): ColumnSize {
  return { width: width + EDGE, least: least + EDGE, grows };
}

/** The columns of the style sheet; where none takes the room that is left, it stays free at the end. */
function tracksOf(sizes: readonly ColumnSize[], check: number): string {
  const tracks = sizes.map(
    ({ width, least, grows }) => `minmax(${least}px, ${width}${grows ? "fr" : "px"})`,
  );
  if (!sizes.some(({ grows }) => grows)) tracks.push("minmax(0, 1fr)");
  return (check > 0 ? [`${check}px`, ...tracks] : tracks).join(" ");
}

/** What of a list is looked at. */
interface Looked<T extends object> extends Pick<Tracks<T>, "first" | "end"> {
  columns: readonly GridColumn<T>[];
  rowAt: (index: number) => T | undefined;
}

/** Of a cell that shows nothing, which is less than any header. */
const EMPTY = 1;
const NOTHING: Content = { whole: 0, fits: 0 };

/**
 * The room that the cells of a grid needed so far. It grows as longer ones come, and never shrinks; what
 * may be cut counts on the first page alone, so that no column jumps while the list is read on.
 */
export class Contents<T extends object> {
  private columns: readonly GridColumn<T>[] = [];
  private readonly found = new Map<string, Content>();
  private measured = new WeakSet<T>();

  /** What the cells of a column needed. */
  of({ key }: GridColumn<T>): Content {
    return this.found.get(key) ?? NOTHING;
  }

  /** Measures what is loaded around the rows that are drawn, as far as it is new. */
  note({ columns, rowAt, first, end }: Looked<T>): void {
    if (this.columns !== columns) this.measureAnew(columns);
    const from = Math.floor(first / PAGE_ROWS) * PAGE_ROWS;
    const to = Math.ceil(end / PAGE_ROWS) * PAGE_ROWS;
    for (let index = from; index < to; index += 1) {
      const row = rowAt(index);
      if (row === undefined || this.measured.has(row)) continue;
      this.measured.add(row);
      this.measure(row, index < PAGE_ROWS);
    }
  }

  /** Columns that are others than before show other things. */
  private measureAnew(columns: readonly GridColumn<T>[]): void {
    for (const column of columns) {
      if (!this.columns.includes(column)) this.found.delete(column.key);
    }
    this.measured = new WeakSet();
    this.columns = columns;
  }

  private measure(row: T, isOnFirstPage: boolean): void {
    for (const column of this.columns) {
      if (!column.whole && !column.fits) continue;
      const { whole, fits } = this.of(column);
      const shown = isOnFirstPage ? roomFor(column.fits?.(row), USUAL) : EMPTY;
      this.found.set(column.key, {
        whole: Math.max(whole, roomFor(column.whole?.(row), 1)),
        fits: Math.max(fits, shown, EMPTY),
      });
    }
  }
}

/** The room of a cell that shows a text. */
function roomFor(text: string | undefined, share: number): number {
  return text === undefined || text === "" ? 0 : Math.ceil(widthOf(text) * share) + CELL_PADDING;
}
