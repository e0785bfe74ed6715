import { useQueries, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useHost } from "../../host/context";
import type { CommandName, Request, Response } from "../../host/host";
import { commandQuery } from "../../lib/query";

/** How many rows are asked for at once. */
export const PAGE_ROWS = 200;

/** The core answers at most this many rows at once. */
const MOST_ROWS = 500;

/** While the list flies by, pages are asked for only where it rests. */
const REST_MS = 60;

/** A list of any length of which only the pages that are looked at are loaded. */
export interface Pages<T> {
  rowAt: (index: number) => T | undefined;
  /** Says which rows are looked at: `first` to before `end`. */
  look: (first: number, end: number) => void;
  /** Rows `first` to before `end`, loaded when they are not yet. */
  load: (first: number, end: number) => Promise<T[]>;
  /** How many rows there are, once a page was seen that is not full. */
  end: number | undefined;
  /** Whether what is shown still belongs to the request before. */
  isStale: boolean;
  isLoading: boolean;
  error: unknown;
  retry: () => void;
}

interface PagesSource<N extends CommandName, T> {
  command: N;
  /** The request for one page. Must be stable: it is what a list is told apart by. */
  request: (offset: number, limit: number) => Request<N>;
  rowsOf: (response: Response<N>) => T[];
}

function pagesOf(first: number, end: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const to = Math.floor(Math.max(first, end - 1) / PAGE_ROWS);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The pages of a command that lists with `offset` and `limit`. */
export function usePages<N extends CommandName, T>(source: PagesSource<N, T>): Pages<T> {
  const { command, request, rowsOf } = source;
  const host = useHost();
  const client = useQueryClient();
  const { wanted, look } = useWantedPages();
  const combine = useCallback(
    (results: UseQueryResult<Response<N>>[]) => ({
      pages: new Map(wanted.map((page, index) => [page, results[index]?.data])),
      fresh: results.some((query) => query.data !== undefined),
      loading: results.some((query) => query.isFetching),
      failed: results.filter((query) => query.isError),
    }),
    [wanted],
  );
  const { pages, fresh, loading, failed } = useQueries({
    queries: wanted.map((page) =>
      commandQuery(host, command, request(page * PAGE_ROWS, PAGE_ROWS), { gcTime: 60_000 }),
    ),
    combine,
  });
  // What was shown stays until the first page of another request is here: nothing flickers.
  const [shown, setShown] = useState(pages);
  if (fresh && shown !== pages) setShown(pages);
  const visible = fresh ? pages : shown;
  const rowAt = (index: number): T | undefined => {
    const response = visible.get(Math.floor(index / PAGE_ROWS));
    return response === undefined ? undefined : rowsOf(response)[index % PAGE_ROWS];
  };
  const load = useCallback(
    async (first: number, end: number): Promise<T[]> => {
      const rows: T[] = [];
      for (let offset = first; offset < end; offset += MOST_ROWS) {
        const limit = Math.min(MOST_ROWS, end - offset);
        rows.push(
          ...rowsOf(await client.fetchQuery(commandQuery(host, command, request(offset, limit)))),
        );
      }
      return rows;
    },
    [client, host, command, request, rowsOf],
  );
  const ends = Array.from(pages, ([page, response]) => {
    const rows = response === undefined ? PAGE_ROWS : rowsOf(response).length;
    return rows < PAGE_ROWS ? page * PAGE_ROWS + rows : Infinity;
  });
  const end = Math.min(...ends);
  return {
    rowAt,
    end: end === Infinity ? undefined : end,
    look,
    load,
    isStale: !fresh && shown.size > 0,
    isLoading: loading,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}

/** Which pages are wanted: at once where the list moves on, after a rest where it jumps. */
function useWantedPages(): { wanted: number[]; look: Pages<unknown>["look"] } {
  const [range, setRange] = useState({ from: 0, to: 0 });
  const current = useRef(range);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = useCallback((first: number, end: number) => {
    const pages = pagesOf(first, end);
    const next = { from: pages[0] ?? 0, to: pages.at(-1) ?? 0 };
    const { from, to } = current.current;
    clearTimeout(timer.current);
    if (next.from === from && next.to === to) return;
    const goOn = () => {
      current.current = next;
      setRange(next);
    };
    const isNear = next.from <= to + 1 && next.to >= from - 1;
    if (isNear) goOn();
    else timer.current = setTimeout(goOn, REST_MS);
  }, []);
  const wanted = useMemo(() => pagesOf(range.from * PAGE_ROWS, range.to * PAGE_ROWS + 1), [range]);
  return { wanted, look };
}
