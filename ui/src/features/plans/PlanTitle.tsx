import type { Origin } from "../../bindings";
import { IMPORT_STEPS, Steps } from "../../components/Steps";

const VERBS: Record<Origin, string> = {
  form: "Change",
  import: "Import",
  bulk_edit: "Change",
  sync: "Sync",
  undo: "Undo",
  offline_replay: "Replay",
  practice: "Load",
};

/** What a plan is called: "Import supplier-june.csv". */
export function planTitle(origin: Origin, label: string): string {
  return `${VERBS[origin]} ${label}`.trim();
}

const STEPS = ["Plan", "Review", "Done"] as const;

/** Where a plan is: an import has come from a file, everything else has been planned at once. */
export function PlanSteps({ origin, current }: { origin: Origin; current: 2 | 3 }) {
  return origin === "import" ? (
    <Steps steps={IMPORT_STEPS} current={current} />
  ) : (
    <Steps steps={STEPS} current={current - 1} />
  );
}
