import { useQuery } from "@tanstack/react-query";

import type { Field } from "../../../bindings";
import { useHost } from "../../../host/context";
import { useAppState } from "../../../host/state";
import { commandQuery } from "../../../lib/query";
import type { ProductForm } from "./useProductForm";

/** Names who changed a field last while the form was open: "Vic", "You", or what is known at least. */
export function useWhoChanged({ id, state }: ProductForm): (field: Field) => string {
  const { person } = useAppState();
  const isNeeded = state.merged.length + Object.keys(state.conflicts).length > 0;
  const { data = [] } = useQuery({
    ...commandQuery(useHost(), "products.history", { id: id ?? "" }),
    enabled: isNeeded && id !== null,
  });
  return (field) => {
    const entry = data.find(({ changes }) => changes.some((change) => change.field === field));
    if (!entry) return "Another person";
    return entry.person === person?.name ? "You" : entry.person || "Backstock";
  };
}
