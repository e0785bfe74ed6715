import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

import { readView, writeView, type ProductView } from "./filters";

/** The view of the list, which lives in the address: links, back and reload keep it. */
export function useProductView(): {
  view: ProductView;
  change: (part: Partial<ProductView>, options?: { replace?: boolean }) => void;
} {
  const [params, setParams] = useSearchParams();
  const key = params.toString();
  const view = useMemo(() => readView(new URLSearchParams(key)), [key]);
  const change = useCallback(
    (part: Partial<ProductView>, { replace = false } = {}) =>
      setParams((old) => writeView({ ...readView(old), ...part }), { replace }),
    [setParams],
  );
  return { view, change };
}
