import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import type { SyncChannel } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";

/** Starts to read a shop and to plan what goes where, and opens the plan. */
export function useSync() {
  const host = useHost();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (request: SyncChannel) => host.call("channels.sync", request),
    onSuccess: ({ job, plan }) => (plan === null ? undefined : navigate(paths.plan(plan, job))),
    onError: showErrorToast,
  });
}
