import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

interface ViewCodec<V> {
  /** Reads a view from the address. Whatever it does not understand is left out. */
  read: (params: URLSearchParams) => V;
  /** Writes a view into the address; what is as usual is left out. */
  write: (view: V) => URLSearchParams;
}

/** The view of a list, which lives in the address: links, back and reload keep it. */
export function useListView<V extends object>({
  read,
  write,
}: ViewCodec<V>): {
  view: V;
  change: (part: Partial<V>, options?: { replace?: boolean }) => void;
} {
  const [params, setParams] = useSearchParams();
  const key = params.toString();
  const view = useMemo(() => read(new URLSearchParams(key)), [read, key]);
  const change = useCallback(
    (part: Partial<V>, { replace = false } = {}) =>
      setParams((old) => write({ ...read(old), ...part }), { replace }),
    [setParams, read, write],
  );
  return { view, change };
}
