import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";

import type { JobStatus, Mark, PlanSummary, Revision } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs, waitForJob } from "../../host/jobs";

/** Whether what the plan is made from can still be changed: an import of which nothing is written. */
export function canRevise({ origin, state, batchId }: PlanSummary): boolean {
  return origin === "import" && state === "ready" && batchId === null;
}

/** Whether two marks are the same. */
export function isSameMark(one: Mark | null, other: Mark | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Changes what a plan is made from; it is made again, and shown when that is done. */
export function useRevise({ id }: PlanSummary) {
  const host = useHost();
  const client = useQueryClient();
  const key = ["plans.revise", id];
  const isRevising = useIsMutating({ mutationKey: key }) > 0;
  const { mutate } = useMutation({
    mutationKey: key,
    scope: { id: `revise ${id}` },
    mutationFn: async (revision: Revision) => {
      const { job } = await host.call("plans.revise", { id, revision });
      const { error } = await waitForJob(host, job);
      if (error !== null) throw error;
    },
    onSuccess: () =>
      Promise.all(
        ["plans.get", "plans.rows", "plans.marks"].map((command) =>
          client.invalidateQueries({ queryKey: [command] }),
        ),
      ),
    onError: showErrorToast,
  });
  return { revise: mutate, isRevising };
}

/** The run that makes the plan again, while it runs. */
export function useReviseJob({ id }: PlanSummary): JobStatus | undefined {
  return useJobs().find(
    (job) => job.kind === "plan_import" && job.plan === id && job.state === "running",
  );
}
