import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { PlanRecords, PlanSummary } from "../../bindings";
import { PAGE_ROWS } from "../../components/grid";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { formatCount, formatInteger } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import { shownBy } from "./counts";
import classes from "./DecisionBar.module.css";
import { canRevise, useRevise } from "./useRevise";
import { type ReviewFilter, rowsRequest } from "./useReviewFilter";

interface ReviseBarProps {
  plan: PlanSummary;
  filter: ReviewFilter;
}

/** What can be done with all records that are listed, while they are fewer than all; and what was done. */
export function ReviseBar({ plan, filter }: ReviseBarProps) {
  if (!canRevise(plan)) return null;
  return (
    <>
      <Revised plan={plan} filter={filter} />
      <Listed plan={plan} filter={filter} />
    </>
  );
}

function Listed({ plan, filter }: ReviseBarProps) {
  const { revise, isRevising } = useRevise(plan);
  const { outcome, search, mark } = filter;
  const { byKey } = useFields();
  const isNarrowed = mark !== null || search !== "" || outcome === "error";
  const listed = useQuery({
    ...commandQuery(useHost(), "plans.rows", rowsRequest(plan.id, filter, 0, PAGE_ROWS)),
    enabled: isNarrowed,
  });
  if (!isNarrowed || listed.data?.total === 0) return null;
  const records: PlanRecords = {
    ...shownBy(outcome),
    search: search === "" ? null : search,
    mark,
  };
  const field = mark && "field" in mark ? mark.field : null;
  const label = field === null ? undefined : byKey.get(field)?.label;
  const isLeftOut = mark?.kind === "leftOut" || mark?.kind === "fixed";
  return (
    <div
      className={classes.bar}
      role="group"
      aria-label="All that are listed"
      data-testid="plan-revise"
    >
      <span>All that are listed:</span>
      {mark?.kind === "looksLikeExisting" && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={isRevising}
          title="Each becomes the record that its code looks like, where that is one alone"
          onClick={() => revise({ kind: "takeAlike", records })}
          data-testid="plan-take-alike"
        >
          Use the existing codes
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        disabled={isRevising}
        onClick={() => revise({ kind: isLeftOut ? "putBack" : "leaveOut", records })}
        data-testid={isLeftOut ? "plan-put-back" : "plan-leave-out"}
      >
        {isLeftOut ? "Take as in the file" : "Leave these rows out"}
      </Button>
      {field !== null && label !== undefined && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={isRevising}
          onClick={() => revise({ kind: "leaveColumnOut", field })}
          data-testid="plan-leave-column-out"
        >
          Leave the column {label} out
        </Button>
      )}
      <span className={classes.rest}>The plan is made again; nothing is written.</span>
    </div>
  );
}

/** What was changed so far, each with its way back. */
function Revised({ plan, filter }: ReviseBarProps) {
  const { revise, isRevising } = useRevise(plan);
  const { byKey } = useFields();
  const { leftOut, fixed, columns } = plan.revision;
  if (leftOut + fixed + columns.length === 0) return null;
  const named = columns.map((key) => byKey.get(key)?.label ?? key).join(", ");
  return (
    <div className={classes.bar} role="group" aria-label="Your changes" data-testid="plan-revised">
      {leftOut > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => filter.showMark({ kind: "leftOut" })}
        >
          {formatCount(leftOut, "row")} left out
        </Button>
      )}
      {fixed > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => filter.showMark({ kind: "fixed" })}
        >
          {formatInteger(fixed)} corrected
        </Button>
      )}
      {columns.length > 0 && (
        <>
          <span>Without {named}</span>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isRevising}
            onClick={() => revise({ kind: "putColumnsBack" })}
            data-testid="plan-put-columns-back"
          >
            Put back
          </Button>
        </>
      )}
    </div>
  );
}
