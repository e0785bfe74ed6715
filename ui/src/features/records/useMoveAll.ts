import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import type { KindInfo, MoveRecords } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import type { Narrowing } from "../exports/ExportDialog";

/** Plans to move all that a list shows, and opens the plan: so many are read before they are moved. */
export function useMoveAll(kind: KindInfo, narrowing: Narrowing) {
  const host = useHost();
  const navigate = useNavigate();
  const mayPlan = useMay("import");
  const { mutate, isPending } = useMutation({
    mutationFn: (operation: MoveRecords["operation"]) =>
      host.call("plans.move", { ...narrowing, kind: kind.key, operation }),
    onSuccess: ({ job, plan }) => (plan === null ? undefined : navigate(paths.plan(plan, job))),
    onError: showErrorToast,
  });
  return { mayPlan, isPending, plan: mutate };
}
