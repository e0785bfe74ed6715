import { useCallback, useMemo, useState } from "react";

/** Which rows are selected, by key, or all that the list has. */
export interface GridSelection {
  selected: ReadonlySet<string>;
  /** How many rows the list has where all of them are selected, too many to be named one by one. */
  every: number | null;
  /** Which of them are not, after all. */
  except: ReadonlySet<string>;
  set: (keys: ReadonlySet<string>) => void;
  toggle: (key: string) => void;
  add: (keys: Iterable<string>) => void;
  selectEvery: (total: number) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** All of a list, but for some. */
interface Whole {
  listKey: string;
  total: number;
  except: ReadonlySet<string>;
}

/**
 * A selection that outlives scrolling and filtering; all of a list, whose key this is, are selected as long as it
 * is the same list.
 */
export function useGridSelection(listKey: string): GridSelection {
  const [selected, setSelected] = useState(NONE);
  const [whole, setWhole] = useState<Whole | null>(null);
  const set = useCallback((keys: ReadonlySet<string>) => {
    setWhole(null);
    setSelected(keys);
  }, []);
  const isWhole = whole?.listKey === listKey;
  const toggle = useCallback(
    (key: string) => {
      if (isWhole) setWhole((old) => old && { ...old, except: toggled(old.except, key) });
      else setSelected((old) => toggled(old, key));
    },
    [isWhole],
  );
  const add = useCallback(
    (keys: Iterable<string>) => setSelected((old) => new Set([...old, ...keys])),
    [],
  );
  const selectEvery = useCallback(
    (total: number) => {
      setSelected(NONE);
      setWhole({ listKey, total, except: NONE });
    },
    [listKey],
  );
  const clear = useCallback(() => set(NONE), [set]);
  const every = isWhole ? whole.total : null;
  const except = isWhole ? whole.except : NONE;
  return useMemo(
    () => ({ selected, every, except, set, toggle, add, selectEvery, clear }),
    [selected, every, except, set, toggle, add, selectEvery, clear],
  );
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** How many rows are selected. */
export function countSelected(selection: GridSelection | undefined): number {
  if (!selection) return 0;
  const { every, except, selected } = selection;
  return every === null ? selected.size : every - except.size;
}

/** Whether the row with this key is selected. */
export function isSelected({ every, except, selected }: GridSelection, key: string): boolean {
  return every === null ? selected.has(key) : !except.has(key);
}
