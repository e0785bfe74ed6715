import { Anchor } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Batch, PlanSummary } from "../../bindings";
import { BatchFacts } from "../../components/BatchFacts";
import { useHost } from "../../host/context";
import { formatCount, formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import type { OutcomeFilter } from "./counts";
import classes from "./Result.module.css";

/** At most so many kept records are named in the summary; the tab shows them all. */
const NAMED = 5;

interface ResultProps {
  plan: PlanSummary;
  onShow: (outcome: OutcomeFilter) => void;
}

/** What applying the plan did, once it has ended in one way or the other. */
export function Result({ plan, onShow }: ResultProps) {
  const host = useHost();
  const { batchId, state } = plan;
  const isOver = state === "applied" || state === "interrupted";
  const { data: batch } = useQuery({
    ...commandQuery(host, "batches.get", { id: batchId ?? "" }),
    enabled: isOver && batchId !== null,
  });
  if (!isOver) return null;
  const isWhole = state === "applied";
  const Icon = isWhole ? IconCircleCheck : IconAlertTriangle;
  return (
    <section
      className={classes.result}
      data-tone={isWhole ? "done" : "stopped"}
      data-testid={isWhole ? "plan-done" : "plan-interrupted"}
      role="status"
    >
      <Icon size={20} className={classes.icon} />
      <div className={classes.body}>
        <h2 className={classes.title}>{headline(plan, batch)}</h2>
        {batch && <BatchFacts batch={batch} />}
        <HeldBack plan={plan} onShow={onShow} />
        {batch?.undoneBy && (
          <p>
            It was undone since.{" "}
            <Anchor component={Link} to={paths.batch(batch.undoneBy)}>
              Show the undo
            </Anchor>
          </p>
        )}
      </div>
    </section>
  );
}

function headline({ state, isFollowUp }: PlanSummary, batch: Batch | undefined): string {
  if (!batch) return state === "applied" ? "Applied" : "Applying was stopped half-way";
  const { created, updated, implied, notReached } = batch.counts;
  const written = formatCount(created + updated + implied, isFollowUp ? "decision" : "change");
  if (state === "applied") return `${written} applied`;
  return `Stopped half-way: ${written} applied, ${formatInteger(notReached)} not reached`;
}

/** Records that another user changed too: kept, and named, until a person decides. */
function HeldBack({ plan, onShow }: ResultProps) {
  const host = useHost();
  const { id, counts } = plan;
  const kept = counts.conflict;
  const request = { id, outcome: "conflict" as const, search: null, offset: 0, limit: NAMED };
  const { data } = useQuery({
    ...commandQuery(host, "plans.rows", request),
    enabled: kept > 0,
  });
  if (kept === 0) return null;
  const named = (data?.rows ?? []).map(({ code }) => code).join(", ");
  return (
    <p data-testid="plan-held-back">
      {formatCount(kept, "record")} not changed, waiting for you
      {named === "" ? "." : `: ${named}`}
      {named !== "" && kept > NAMED ? "… " : " "}
      <Anchor component="button" type="button" onClick={() => onShow("conflict")}>
        {counts.resolvable > 0 ? "Decide" : "Show"}
      </Anchor>
    </p>
  );
}
