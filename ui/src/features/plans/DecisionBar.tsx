import { Button } from "@mantine/core";

import type { Mark, PlanSummary } from "../../bindings";
import { formatCount, formatInteger } from "../../lib/format";
import classes from "./DecisionBar.module.css";
import { decisionHelp, RESOLUTIONS } from "./decisions";
import { canDecide, useResolve } from "./useResolve";

interface DecisionBarProps {
  plan: PlanSummary;
  /** What the conflicts are filtered by: then only those are decided. */
  search: string;
  mark: Mark | null;
}

/** Decides all conflicts that are listed at once. */
export function DecisionBar({ plan, search, mark }: DecisionBarProps) {
  const resolve = useResolve(plan);
  const { resolvable, conflict, taken } = plan.counts;
  if (conflict + resolvable === 0) return null;
  if (!canDecide(plan)) {
    return <p className={classes.bar}>{nothingToDecide(plan)}</p>;
  }
  const all = formatCount(resolvable, "conflict");
  const which = search !== "" ? `All found for “${search}”` : resolvable === 1 ? all : `All ${all}`;
  return (
    <div className={classes.bar} role="group" aria-label="Decide all" data-testid="plan-decide-all">
      <span>{which}:</span>
      {RESOLUTIONS.map((resolution) => (
        <Button
          key={resolution}
          size="compact-xs"
          variant="default"
          onClick={() =>
            resolve.mutate({
              resolution,
              ...(search === "" ? {} : { search }),
              ...(mark === null ? {} : { mark }),
            })
          }
          data-testid={`plan-all-${resolution}`}
        >
          {decisionHelp(resolution, plan.origin)}
        </Button>
      ))}
      <span className={classes.rest} role="status">
        {taken > 0
          ? `${formatInteger(taken)} of ${formatCount(resolvable, "conflict")} taken; nothing is written before you apply.`
          : "What is not decided is kept as it is."}
      </span>
    </div>
  );
}

function nothingToDecide({ state }: PlanSummary): string {
  if (state === "applying") return "Decisions wait until this run has ended.";
  return "There is nothing to choose about these records: each says why.";
}
