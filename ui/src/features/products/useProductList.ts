import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import type { ProductPage, ProductRow } from "../../bindings";
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
  /** Whether the rows come in the order that was asked for. */
  sorted: boolean;
  error: unknown;
  retry: () => void;
}

/** The products of a view, page by page, and how many there are. */
export function useProductList(view: ProductView): ProductList {
  const host = useHost();
  const request = useCallback(
    (offset: number, limit: number): Request<"products.list"> => ({ ...view, offset, limit }),
    [view],
  );
  const pages = usePages({ command: "products.list", request, rowsOf });
  const firstPage = useQuery(commandQuery(host, "products.list", request(0, PAGE_ROWS)));
  const count = useQuery({
    ...commandQuery(host, "products.count", { filter: view.filter }),
    placeholderData: keepPreviousData,
  });
  const known = count.data;
  // A short first page says how many there are before the count does.
  const firstRows = firstPage.data?.rows.length;
  const isShort = firstRows !== undefined && firstRows < PAGE_ROWS;
  return {
    pages,
    total: isShort ? firstRows : known?.count,
    exact: isShort || (known?.exact ?? true),
    sorted: firstPage.data?.sorted ?? true,
    error: pages.error ?? count.error ?? firstPage.error,
    retry: () => {
      pages.retry();
      void count.refetch();
      void firstPage.refetch();
    },
  };
}
