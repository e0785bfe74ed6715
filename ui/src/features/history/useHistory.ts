import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import type { HistoryEntry, HistoryFilter } from "../../bindings";
import type { Pages } from "../../components/grid";
import { useHost } from "../../host/context";

/** How many entries are asked for at once. */
const PAGE = 200;

/** How many rows stand as skeletons under what is read while there is more. */
const AHEAD = 20;

interface HistoryList {
  pages: Pages<HistoryEntry>;
  /** How many rows the grid has now: it grows as its end comes near. */
  total: number | undefined;
  /** How many entries are read, and whether these are all. */
  read: number | undefined;
  isWhole: boolean;
  error: unknown;
  retry: () => void;
}

/** The entries that a filter lets through, the latest first, read on as they are looked at. */
export function useHistory(filter: HistoryFilter): HistoryList {
  const host = useHost();
  const query = useInfiniteQuery({
    queryKey: ["history.list", filter],
    queryFn: ({ pageParam: before }) => host.call("history.list", { filter, before, limit: PAGE }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, error, refetch } = query;
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries), [data]);
  const read = entries?.length;
  const look = useCallback(
    (_: number, end: number) => {
      if (read !== undefined && end > read - AHEAD && hasNextPage && !isFetching) {
        void fetchNextPage();
      }
    },
    [read, hasNextPage, isFetching, fetchNextPage],
  );
  const pages = useMemo(
    (): Pages<HistoryEntry> => ({
      rowAt: (index) => entries?.[index],
      look,
      load: (first, end) => Promise.resolve(entries?.slice(first, end) ?? []),
      end: undefined,
      isStale: false,
      isLoading: entries === undefined,
      error: null,
      retry: () => {},
    }),
    [entries, look],
  );
  return {
    pages,
    total: read === undefined ? undefined : read + (hasNextPage ? AHEAD : 0),
    read,
    isWhole: !hasNextPage,
    error,
    retry: () => void refetch(),
  };
}
