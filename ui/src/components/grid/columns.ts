import { useCallback, useMemo, useState } from "react";
import type { ReactNode } from "react";

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
  /** Shares the space that is left, by its width; the last column takes it when none is told to. */
  grow?: boolean;
  align?: "start" | "end" | "center";
  /** What the list is sorted by when the header is clicked; not sortable without. */
  sort?: string;
  /** Cannot be hidden. */
  fixed?: boolean;
  /** Hidden until a person shows it. */
  hidden?: boolean;
  /** Stays at the left while the rest scrolls; pinned columns come first. */
  pinned?: boolean;
  render(row: T): ReactNode;
  /** The cell for the clipboard; numbers without grouping. */
  text(row: T): string;
  /** What stands here and over all columns to the right instead; null where each has its own. */
  across?(row: T): ReactNode;
}

const NARROWEST = 48;
const WIDEST = 900;

interface StoredLayout {
  shown: Record<string, boolean>;
  widths: Record<string, number>;
}

/** Which columns are shown and how wide they are; remembered on this machine. */
export interface GridLayout<T> {
  columns: GridColumn<T>[];
  all: GridColumn<T>[];
  isShown: (key: string) => boolean;
  show: (key: string, shown: boolean) => void;
  widthOf: (column: GridColumn<T>) => number;
  /** How narrow a column may become by itself; one that a person made as wide as it is stays so. */
  leastOf: (column: GridColumn<T>) => number;
  resize: (key: string, width: number) => void;
  reset: () => void;
}

const NOTHING: StoredLayout = { shown: {}, widths: {} };

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

/** The layout of the grid named `id`. */
export function useGridLayout<T>(id: string, all: GridColumn<T>[]): GridLayout<T> {
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
      widthOf: (column) => layout.widths[column.key] ?? column.width,
      leastOf: (column) => layout.widths[column.key] ?? column.least ?? column.width,
      resize: (key, width) =>
        change((old) => ({
          ...old,
          widths: {
            ...old.widths,
            [key]: Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)),
          },
        })),
      reset: () => change(() => NOTHING),
    };
  }, [all, layout, change]);
}
