import { useCallback } from "react";
import { useNavigate } from "react-router";

import type { BatchId } from "../bindings";
import { showErrorToast, showToast, type ToastAction } from "../components/toast";
import { toCommandError } from "../lib/errors";
import { paths } from "../lib/paths";
import { useHost } from "./context";
import { waitForJob } from "./jobs";
import { useMay } from "./state";

/** Plans the undo of a batch and opens the plan, to be read and applied. */
export function useUndoBatch(): (id: BatchId) => Promise<void> {
  const host = useHost();
  const navigate = useNavigate();
  return useCallback(
    async (batchId) => {
      try {
        const { job, plan } = await host.call("plans.undo", { batchId });
        if (plan !== null) await navigate(paths.plan(plan, job));
      } catch (error) {
        showErrorToast(error);
      }
    },
    [host, navigate],
  );
}

/**
 * Undoes a small batch that was made a moment ago, without showing its plan, unless not all of it
 * can be undone: then a person reads the plan first.
 */
export function useQuickUndo(): (id: BatchId) => Promise<void> {
  const host = useHost();
  const navigate = useNavigate();
  return useCallback(
    async (batchId) => {
      try {
        const { job, plan } = await host.call("plans.undo", { batchId });
        const planned = await waitForJob(host, job);
        if (planned.error) throw toCommandError(planned.error);
        if (plan === null || planned.state !== "done") return;
        const { counts } = await host.call("plans.get", { id: plan });
        if (counts.conflict + counts.error + counts.skipped > 0) {
          await navigate(paths.plan(plan));
          return;
        }
        const applying = await host.call("plans.apply", { id: plan });
        const { error, state } = await waitForJob(host, applying.job);
        if (error) throw toCommandError(error);
        // Who stopped it sees what is left of it.
        if (state === "cancelled") await navigate(paths.plan(plan));
        else showToast("Undone.");
      } catch (error) {
        showErrorToast(error);
      }
    },
    [host, navigate],
  );
}

/** The Undo of the message that tells of a batch; none where nothing was written, or may be undone. */
export function useUndoAction(): (id: BatchId | null) => ToastAction | undefined {
  const mayUndo = useMay("import");
  const undo = useQuickUndo();
  return (id) =>
    id !== null && mayUndo ? { label: "Undo", onClick: () => void undo(id) } : undefined;
}
