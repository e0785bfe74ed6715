import { useMemo } from "react";

import type { Pages } from "./usePages";

/** A list that is here as a whole, for a grid; undefined while it is awaited. */
export function useLocalPages<T>(rows: readonly T[] | undefined): Pages<T> {
  return useMemo(
    () => ({
      rowAt: (index) => rows?.[index],
      look: () => {},
      load: (first, end) => Promise.resolve(rows?.slice(first, end) ?? []),
      end: rows?.length,
      isStale: false,
      isLoading: rows === undefined,
      error: null,
      retry: () => {},
    }),
    [rows],
  );
}
