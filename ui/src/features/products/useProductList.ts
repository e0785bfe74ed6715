import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import type { Count, ProductPage, ProductRow } from "../../bindings";
import { PAGE_ROWS, usePages, type Pages } from "../../components/grid";
import { useHost } from "../../host/context";
import type { Request } from "../../host/host";
import { commandQuery } from "../../lib/query";
import type { ProductView } from "./filters";

const rowsOf = (page: ProductPage) => page.rows;

interface ProductList {
  pages: Pages<ProductRow>;
  /** How many rows the grid has; undefined until it is known. */
  total: number | undefined;
  /** Whether `total` is exact; otherwise there are at least so many. */
  exact: boolean;
  /** How many of them are variants; undefined while it is not known, or the filter says it. */
  variants: Count | undefined;
  /** Whether the rows come in the order that was asked for. */
  sorted: boolean;
  error: unknown;
  retry: () => void;
}

/** The products of a view, page by page, and how many there are. */
export function useProductList(view: ProductView): ProductList {
  const host = useHost();
  const request = useCallback(
    (offset: number, limit: number): Request<"products.list"> => ({
      ...view,
      sortBy: view.sortBy ?? null,
      offset,
      limit,
    }),
    [view],
  );
  const pages = usePages({ command: "products.list", request, rowsOf });
  const firstPage = useQuery(commandQuery(host, "products.list", request(0, PAGE_ROWS)));
  const count = useQuery({
    ...commandQuery(host, "products.count", { filter: view.filter }),
    placeholderData: keepPreviousData,
  });
  const { family } = view.filter;
  const variants = useQuery({
    ...commandQuery(host, "products.count", { filter: { ...view.filter, family: "variants" } }),
    placeholderData: keepPreviousData,
    enabled: family === undefined,
  });
  const { total, exact } = useTotal(view, pages, count.data);
  return {
    pages,
    total,
    exact,
    variants: family === undefined ? variants.data : undefined,
    sorted: firstPage.data?.sorted ?? true,
    error: pages.error ?? count.error ?? firstPage.error,
    retry: () => {
      pages.retry();
      void count.refetch();
      void firstPage.refetch();
    },
  };
}

/**
 * How many rows the grid has. Where the core counted only so far, the list grows by a page each
 * time its end is seen, until the end is really there.
 */
function useTotal(
  view: ProductView,
  pages: Pages<ProductRow>,
  count: Count | undefined,
): { total: number | undefined; exact: boolean } {
  const [grown, setGrown] = useState({ view, rows: 0 });
  const more = grown.view === view ? grown.rows : 0;
  if (pages.end !== undefined) return { total: pages.end, exact: true };
  if (!count || count.exact) return { total: count?.count, exact: true };
  const total = count.count + more;
  if (!pages.isStale && pages.rowAt(total - 1) !== undefined) {
    setGrown({ view, rows: more + PAGE_ROWS });
  }
  return { total, exact: false };
}
