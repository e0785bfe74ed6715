import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { Mark, PlanSummary, Resolution } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";

/** A decision about some conflicts of a plan, or about all that the search lets through. */
export interface Decision {
  resolution: Resolution | null;
  numbers?: number[];
  search?: string;
  mark?: Mark;
}

/** Decides conflicts; nothing is written before the plan is applied. */
export function useResolve({ id }: PlanSummary) {
  const host = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => host.call("plans.resolve", { id, ...decision }),
    // One after the other, so that the last answer has the last word.
    scope: { id: `resolve ${id}` },
    onSuccess: (plan) => {
      client.setQueryData(["plans.get", { id }], plan);
      return client.invalidateQueries({ queryKey: ["plans.rows"] });
    },
    onError: showErrorToast,
  });
}

/** Whether decisions can be made now. */
export function canDecide({ state, counts }: PlanSummary): boolean {
  return state !== "applying" && counts.resolvable > 0;
}
