import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import type { PlanSummary } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { useWatchedJob } from "../../host/watchJob";
import { formatCount } from "../../lib/format";
import { isMove } from "../../lib/origins";
import { paths } from "../../lib/paths";

/** Applies the plan, or what is left of it. */
export function useApply({ id }: PlanSummary) {
  const host = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => host.call("plans.apply", { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["plans.get"] }),
    onError: showErrorToast,
  });
}

/** The run that applies the plan, the latest one. */
export function useApplyJob({ id }: PlanSummary) {
  const latest = useJobs().find(({ kind, plan }) => kind === "apply_plan" && plan === id);
  return useWatchedJob(latest?.id ?? null).job;
}

/** Throws the plan away and goes back to where it came from. */
export function useDiscard({ id, undoOf, origin, channel }: PlanSummary) {
  const host = useHost();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => host.call("plans.discard", { id }),
    onSuccess: () => {
      // The list whose records were to be moved is the page before.
      if (isMove(origin)) return navigate(-1);
      if (origin === "sync" && channel !== null) return navigate(paths.channel(channel));
      return navigate(undoOf === null ? paths.imports : paths.batch(undoOf));
    },
    onError: showErrorToast,
  });
}

/** The name proposed for the rejected rows of `label`. */
export function rejectsName(label: string): string {
  return `${label.replace(/\.[^.]{1,5}$/, "")} rejected.csv`;
}

/** Writes the rejected rows, each with its reason, to a file that the person names. */
export function useSaveRejects({ id, label }: PlanSummary) {
  const host = useHost();
  return useMutation({
    mutationFn: async () => {
      const file = await host.call("files.choose_save", { suggestedName: rejectsName(label) });
      return file && host.call("plans.save_rejects", { id, file: file.token });
    },
    onSuccess: (written) => {
      if (!written) return;
      showToast(`${formatCount(written.rows, "rejected row")} saved in ${written.name}.`);
    },
    onError: showErrorToast,
  });
}
