import { useCallback, useMemo, useState } from "react";
import type { ReactNode } from "react";

import { widthOf } from "./textWidth";

/** A column of a grid. */
export interface GridColumn<T> {
  key: string;
  label: string;
  /** The first width in pixels; a person can change it. */
  width: number;
  /** How narrow it becomes by itself where there is little room; never narrower without. */
  least?: number;
  /** What the cell shows and must never be cut: money, counts. The column becomes wide enough. */
  whole?(row: T): string;
  /** What the cell shows and may be cut: the column is as wide as the longest, within `most`. */
  fits?(row: T): string;
  /** How wide what may be cut makes it; without, never wider than `width`. */
  most?: number;
  /** Shares the space that is left, by its width, unless it shows all it holds. */
  grow?: boolean;
  align?: "start" | "end" | "center";
  /** What the list is sorted by when the header is clicked; not sortable without. */
  sort?: string;
  /** Its header is for screen readers alone: the cells say what it is. */
  quiet?: boolean;
  /** Cannot be hidden. */
  fixed?: boolean;
  /** Hidden until a person shows it. */
  hidden?: boolean;
  /** Shows a picture: its text is copied only where it is copied alone. */
  isPicture?: boolean;
  /** Stays at the left while the rest scrolls; pinned columns come first. */
  pinned?: boolean;
  /** What the cell shows; `isUnderParent` where a line of its family leads up to its parent. */
  render(row: T, isUnderParent?: boolean): ReactNode;
  /** The cell for the clipboard; numbers without grouping. */
  text(row: T): string;
  /** What stands here and over all columns to the right instead; null where each has its own. */
  across?(row: T): ReactNode;
}

/** A header is of a smaller type than the cells. */
const HEADER_SIZE = 12 / 13;
const HEADER_PADDING = 22;
/** A header that is longer is cut after all. */
const LONGEST_HEADER = 132;

/** The arrow of what the list is sorted by, whether it stands there now or not. */
const ARROW = 17;

function headerRoom({ label, sort }: Pick<GridColumn<never>, "label" | "sort">): number {
  const arrow = sort === undefined ? 0 : ARROW;
  const room = Math.ceil(widthOf(label) * HEADER_SIZE) + HEADER_PADDING;
  return Math.min(room, LONGEST_HEADER) + arrow;
}

/** Words are given so much however few they are: in another row there may be more. */
const LEAST_WORDS = 80;
const NARROWEST = 48;
const WIDEST = 900;

/** The room that the cells of a column need; nothing while none was seen. */
export interface Content {
  /** For what is never cut. */
  whole: number;
  /** For what may be cut. */
  fits: number;
}

/** How wide a column is. */
export interface ColumnSize {
  width: number;
  least: number;
  /** Whether it takes of the room that the others leave: a growing one that does not show all it holds. */
  grows: boolean;
}

/** The size of a column; `chosen` is the width that a person gave it, and keeps. */
export function sizeOf<T>(
  column: GridColumn<T>,
  { whole, fits }: Content,
  chosen: number | undefined,
): ColumnSize {
  const width = Math.max(chosen ?? fittingWidth(column, fits), whole);
  // What is pinned has a fixed place, and so a fixed width.
  if (chosen !== undefined || column.pinned) return { width, least: width, grows: false };
  const header = Math.min(column.width, headerRoom(column));
  const least = Math.max(column.least ?? column.width, header, whole);
  const grows = column.grow === true && (fits === 0 || fits > width);
  return { width, least: Math.min(least, width), grows };
}

function fittingWidth<T>(column: GridColumn<T>, fits: number): number {
  if (fits === 0) return column.width;
  const least = column.grow ? LEAST_WORDS : 0;
  return Math.min(Math.max(fits, headerRoom(column), least), column.most ?? column.width);
}

interface StoredLayout {
  shown: Record<string, boolean>;
  widths: Record<string, number>;
  /** The columns as a person put them, by key; those that came later are not among them. */
  order: string[];
}

/** Which columns are shown, in which order and how wide; remembered on this machine. */
export interface GridLayout<T> {
  columns: GridColumn<T>[];
  all: GridColumn<T>[];
  isShown: (key: string) => boolean;
  show: (key: string, shown: boolean) => void;
  /** How wide a column is for what it holds, and how narrow it may become by itself. */
  sizeOf: (column: GridColumn<T>, content: Content) => ColumnSize;
  resize: (key: string, width: number) => void;
  /** Puts a column so many shown columns further to the right, or to the left. */
  move: (key: string, step: number) => void;
  reset: () => void;
}

const NOTHING: StoredLayout = { shown: {}, widths: {}, order: [] };

function readLayout(storageKey: string): StoredLayout {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return typeof stored === "object" && stored !== null
      ? { ...NOTHING, ...(stored as Partial<StoredLayout>) }
      : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** The columns as a person put them. One that is new to them stands after the one it comes after. */
export function ordered<C extends { key: string }>(columns: readonly C[], order: unknown): C[] {
  if (!Array.isArray(order) || order.length === 0) return columns.slice();
  const known = new Set<unknown>(order);
  const placed = order.flatMap((key) => columns.find((column) => column.key === key) ?? []);
  for (const [index, column] of columns.entries()) {
    if (known.has(column.key)) continue;
    const before = columns[index - 1];
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, column);
  }
  return placed;
}

/** The keys in their order, with one of them so many places further among those that are shown. */
export function movedBy(
  keys: readonly string[],
  isShown: (key: string) => boolean,
  { key, step }: { key: string; step: number },
): string[] {
  const shown = keys.filter(isShown);
  const from = shown.indexOf(key);
  const to = Math.min(Math.max(from + step, 0), shown.length - 1);
  const target = shown[to];
  if (from < 0 || target === undefined || to === from) return keys.slice();
  const rest = keys.filter((each) => each !== key);
  rest.splice(rest.indexOf(target) + (to > from ? 1 : 0), 0, key);
  return rest;
}

/** The layout of the grid named `id`. */
export function useGridLayout<T>(id: string, declared: GridColumn<T>[]): GridLayout<T> {
  const storageKey = `backstock.grid.${id}`;
  const [layout, setLayout] = useState(() => readLayout(storageKey));
  const change = useCallback(
    (update: (old: StoredLayout) => StoredLayout) =>
      setLayout((old) => {
        const next = update(old);
        localStorage.setItem(storageKey, JSON.stringify(next));
        return next;
      }),
    [storageKey],
  );
  return useMemo(() => {
    const all = ordered(declared, layout.order);
    const isShown = (key: string) => {
      const column = all.find((each) => each.key === key);
      if (!column) return false;
      return column.fixed === true || (layout.shown[key] ?? column.hidden !== true);
    };
    return {
      all,
      columns: all.filter(({ key }) => isShown(key)),
      isShown,
      show: (key, shown) => change((old) => ({ ...old, shown: { ...old.shown, [key]: shown } })),
      sizeOf: (column, content) => sizeOf(column, content, layout.widths[column.key]),
      resize: (key, width) =>
        change((old) => ({
          ...old,
          widths: {
            ...old.widths,
            [key]: Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)),
          },
        })),
      move: (key, step) =>
        change((old) => ({
          ...old,
          order: movedBy(
            all.map((column) => column.key),
            isShown,
            { key, step },
          ),
        })),
      reset: () => change(() => NOTHING),
    };
  }, [declared, layout, change]);
}
