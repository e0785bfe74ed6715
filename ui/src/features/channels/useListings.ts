import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import type { ListingFilter, ListingInfo, ListingPage, RecordId } from "../../bindings";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";

/** How many are shown at a time. */
const PAGE_LENGTH = 100;

/** How many are read at a time where all are wanted. */
const WHOLE_PAGE = 500;

interface WhichListings {
  channel: RecordId;
  filter: ListingFilter;
  search?: string;
}

/** What a shop has, read on as more of it is asked for. */
export function useListings({ channel, filter, search = "" }: WhichListings) {
  const host = useHost();
  const query = useInfiniteQuery({
    queryKey: ["listings.list", { channel, filter, search }],
    queryFn: ({ pageParam: after }) =>
      host.call("listings.list", { channel, filter, search, after, limit: PAGE_LENGTH }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return { ...query, rows };
}

/** Every listing of a list, in its order. */
export async function readAll(
  host: Host,
  { channel, filter }: WhichListings,
): Promise<ListingInfo[]> {
  const rows: ListingInfo[] = [];
  let after: number | null = null;
  do {
    const request = { channel, filter, after, limit: WHOLE_PAGE };
    const page: ListingPage = await host.call("listings.list", request);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}
