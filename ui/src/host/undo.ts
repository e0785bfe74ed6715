import { useCallback } from "react";
import { useNavigate } from "react-router";

import type { BatchId } from "../bindings";
import { showErrorToast } from "../components/toast";
import { useHost } from "./context";
import { paths } from "../lib/paths";

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
