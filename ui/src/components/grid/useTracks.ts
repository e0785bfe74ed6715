import { useLayoutEffect, useRef } from "react";

import type { DataGridProps } from "./DataGrid";

const CHECK_WIDTH = 36;
/** No digit of the window's type is wider; marks between them are narrower. */
const DIGIT_WIDTH = 8.2;
/** Nor is any capital, but for the widest. */
const CAPITAL_WIDTH = 10;
const WIDEST = 13;
const CELL_PADDING = 22;

interface Tracks<T> extends Pick<DataGridProps<T>, "layout" | "pages" | "listKey"> {
  isSelectable: boolean;
  rowHeight: number;
  /** The rows that are drawn: `first` to before `end`. */
  first: number;
  end: number;
}

/** Tells the style sheet the sizes of columns and rows, so that no row needs to know them. */
export function useTracks<T>(ref: React.RefObject<HTMLDivElement | null>, tracks: Tracks<T>): void {
  const { layout, isSelectable, rowHeight, listKey } = tracks;
  const seen = useRef({ listKey, longest: new Map<string, number>() });
  useLayoutEffect(() => {
    // Columns grow as longer cells come, and do not shrink while the list is the same.
    if (seen.current.listKey !== listKey) seen.current = { listKey, longest: new Map() };
    const { longest } = seen.current;
    noteLongest(tracks, longest);
    const style = ref.current?.style;
    if (!style) return;
    const { columns } = layout;
    const isAnyGrowing = columns.some((column) => column.grow);
    const sizes = columns.map((column, index) => {
      const text = longest.get(column.key) ?? 0;
      const content = text === 0 ? 0 : Math.ceil(text) + CELL_PADDING;
      const width = Math.max(layout.widthOf(column), content);
      // What is pinned has a fixed place, and so a fixed width.
      const least = column.pinned ? width : Math.max(layout.leastOf(column), content);
      const grows = isAnyGrowing ? column.grow === true : index === columns.length - 1;
      return { width, least, track: `minmax(${least}px, ${width}${grows ? "fr" : "px"})` };
    });
    const check = isSelectable ? CHECK_WIDTH : 0;
    const all = sizes.map(({ track }) => track);
    style.setProperty("--grid-columns", (check > 0 ? [`${check}px`, ...all] : all).join(" "));
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

/** Notes how wide the texts are of the columns whose cells are never cut. */
function noteLongest<T>(
  { layout, pages, first, end }: Tracks<T>,
  longest: Map<string, number>,
): void {
  for (const column of layout.columns) {
    if (!column.whole) continue;
    for (let index = first; index < end; index += 1) {
      const row = pages.rowAt(index);
      const width = row === undefined ? 0 : widthOf(column.whole(row));
      if (width > (longest.get(column.key) ?? 0)) longest.set(column.key, width);
    }
  }
}

/** The room that a text needs at most. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    const isCapital = letter !== letter.toLowerCase();
    width += "MW@%".includes(letter) ? WIDEST : isCapital ? CAPITAL_WIDTH : DIGIT_WIDTH;
  }
  return width;
}
