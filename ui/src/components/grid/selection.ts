import { useCallback, useMemo, useState } from "react";

/** Which rows are selected, by key. */
export interface GridSelection {
  selected: ReadonlySet<string>;
  set: (keys: ReadonlySet<string>) => void;
  toggle: (key: string) => void;
  add: (keys: Iterable<string>) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** A selection that outlives scrolling and filtering. */
export function useGridSelection(): GridSelection {
  const [selected, setSelected] = useState(NONE);
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
  const clear = useCallback(() => setSelected(NONE), []);
  return useMemo(
    () => ({ selected, set: setSelected, toggle, add, clear }),
    [selected, toggle, add, clear],
  );
}
