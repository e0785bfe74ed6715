import { useCallback, useMemo, useState } from "react";

/** Which rows are selected, by key, or all that the list has. */
export interface GridSelection {
  selected: ReadonlySet<string>;
  /** How many rows the list has where all of them are selected, too many to be named one by one. */
  every: number | null;
  set: (keys: ReadonlySet<string>) => void;
  toggle: (key: string) => void;
  add: (keys: Iterable<string>) => void;
  selectEvery: (total: number) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * A selection that outlives scrolling and filtering; all of a list, whose key this is, are selected as long as it
 * is the same list.
 */
export function useGridSelection(listKey: string): GridSelection {
  const [selected, setSelected] = useState(NONE);
  const [whole, setWhole] = useState<{ listKey: string; total: number } | null>(null);
  const set = useCallback((keys: ReadonlySet<string>) => {
    setWhole(null);
    setSelected(keys);
  }, []);
  const toggle = useCallback(
    (key: string) =>
      setSelected((old) => {
        const next = new Set(old);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const add = useCallback(
    (keys: Iterable<string>) => setSelected((old) => new Set([...old, ...keys])),
    [],
  );
  const selectEvery = useCallback(
    (total: number) => {
      setSelected(NONE);
      setWhole({ listKey, total });
    },
    [listKey],
  );
  const clear = useCallback(() => set(NONE), [set]);
  const every = whole?.listKey === listKey ? whole.total : null;
  return useMemo(
    () => ({ selected, every, set, toggle, add, selectEvery, clear }),
    [selected, every, set, toggle, add, selectEvery, clear],
  );
}

/** How many rows are selected. */
export function countSelected(selection: GridSelection | undefined): number {
  return selection ? (selection.every ?? selection.selected.size) : 0;
}
