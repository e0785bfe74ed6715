import type { Origin } from "../../bindings";
import { IMPORT_STEPS, Steps } from "../../components/Steps";

const STEPS = ["Plan", "Review", "Done"] as const;

/** How far each stage is along the steps of an import, and of everything else. */
const STAGES = {
  planning: { ofImport: 2, ofOther: 0 },
  review: { ofImport: 2, ofOther: 1 },
  done: { ofImport: 3, ofOther: 2 },
};

/** Where a plan is: an import has come from a file, everything else has been planned at once. */
export function PlanSteps({ origin, stage }: { origin: Origin; stage: keyof typeof STAGES }) {
  const { ofImport, ofOther } = STAGES[stage];
  return origin === "import" ? (
    <Steps steps={IMPORT_STEPS} current={ofImport} />
  ) : (
    <Steps steps={STEPS} current={ofOther} />
  );
}
