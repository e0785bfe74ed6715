import type { Origin } from "../../bindings";
import { IMPORT_STEPS, Steps } from "../../components/Steps";

const STEPS = ["Plan", "Review", "Done"] as const;

/** Where a plan is: an import has come from a file, everything else has been planned at once. */
export function PlanSteps({ origin, current }: { origin: Origin; current: 2 | 3 }) {
  return origin === "import" ? (
    <Steps steps={IMPORT_STEPS} current={current} />
  ) : (
    <Steps steps={STEPS} current={current - 1} />
  );
}
