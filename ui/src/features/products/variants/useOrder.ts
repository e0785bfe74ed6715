import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { RecordId, Variant } from "../../../bindings";
import { showErrorToast, showToast } from "../../../components/toast";
import { useHost } from "../../../host/context";
import { useUndoAction } from "../../../host/undo";

/** How long the order rests before it is saved: several steps in a row are one batch. */
const REST_MS = 600;

interface Order {
  /** The variants as they stand, also while that is not saved yet. */
  ordered: Variant[];
  /** Puts the variant at one place to another. */
  move: (from: number, to: number) => void;
}

/** The order of the variants of a product, and changing it. */
export function useOrder(parent: RecordId, variants: readonly Variant[]): Order {
  const host = useHost();
  const client = useQueryClient();
  const undoOf = useUndoAction();
  const [ids, setIds] = useState<readonly RecordId[] | null>(null);
  const waiting = useRef<readonly RecordId[]>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ordered = useMemo(() => inOrder(variants, ids), [variants, ids]);

  const save = useCallback(async () => {
    const wanted = waiting.current;
    waiting.current = null;
    if (wanted === null) return;
    try {
      const request = { id: parent, ids: [...wanted] };
      const { batchId } = await host.call("products.order_variants", request);
      await client.invalidateQueries({ queryKey: ["products.variants", { id: parent }] });
      if (batchId !== null) showToast("Order saved.", undoOf(batchId));
    } catch (error) {
      showErrorToast(error);
    }
    if (waiting.current === null) setIds(null);
  }, [client, host, parent, undoOf]);

  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  // Who leaves the tab meanwhile loses nothing.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      void latest.current();
    },
    [],
  );

  const move = useCallback(
    (from: number, to: number) => {
      const next = ordered.map(({ id }) => id);
      const [moved] = next.splice(from, 1);
      if (moved === undefined || to < 0 || to > next.length) return;
      next.splice(to, 0, moved);
      waiting.current = next;
      setIds(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void latest.current(), REST_MS);
    },
    [ordered],
  );
  return { ordered, move };
}

/** The variants in this order; those that are not named come after the others. */
function inOrder(variants: readonly Variant[], ids: readonly RecordId[] | null): Variant[] {
  if (ids === null) return [...variants];
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = ({ id }: Variant) => places.get(id) ?? ids.length;
  return variants.toSorted((one, other) => place(one) - place(other));
}
