import { Button } from "@mantine/core";
import { IconArrowBackUp, IconFileDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import type { PlanSummary } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useKinds } from "../../host/state";
import { useUndoBatch } from "../../host/undo";
import { formatCount } from "../../lib/format";
import { canUndo, undoWord } from "../../lib/origins";
import { listPath, paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { MOD_LABEL, useShortcuts } from "../../lib/shortcuts";
import { ApplyProgress } from "./ApplyProgress";
import { ofTheirs, rowsApplied } from "./counts";
import { applyLabel } from "./decisions";
import classes from "./Review.module.css";
import { useReviseJob } from "./useRevise";
import { useApply, useApplyJob, useDiscard, useSaveRejects } from "./usePlanActions";

/** What can be done with a plan, as it stands. */
export function ReviewFooter({ plan }: { plan: PlanSummary }) {
  const job = useApplyJob(plan);
  const again = useReviseJob(plan);
  if (again) return <Applying job={again} />;
  switch (plan.state) {
    case "ready":
      return job?.state === "running" ? (
        <Applying job={job} />
      ) : rowsApplied(plan.counts) > 0 ? (
        <ReadyFooter plan={plan} problem={job?.error?.message ?? null} />
      ) : (
        <NothingFooter plan={plan} />
      );
    case "applying":
      return <Applying job={job} />;
    case "applied":
      return <DoneFooter plan={plan} />;
    case "interrupted":
      return <InterruptedFooter plan={plan} />;
  }
}

type ApplyingProps = Parameters<typeof ApplyProgress>[0];

function Applying({ job }: ApplyingProps) {
  return (
    <Footer>
      <ApplyProgress job={job} />
    </Footer>
  );
}

function ReadyFooter({ plan, problem }: { plan: PlanSummary; problem: string | null }) {
  const apply = useApply(plan);
  const discard = useDiscard(plan);
  const start = () => {
    if (!apply.isPending) apply.mutate();
  };
  useShortcuts({ "mod+enter": start });
  const { implied } = plan.counts;
  return (
    <Footer>
      <p className={`${classes.status} ${problem === null ? "" : classes.failed}`} role="status">
        {problem ??
          (plan.origin === "purge"
            ? "What is deleted for good cannot be brought back."
            : implied > 0
              ? `Including ${formatCount(implied, "parent product")} made from ${ofTheirs(implied)}.`
              : "Nothing changes until you apply.")}
      </p>
      <RejectsButton plan={plan} />
      <Button
        variant="default"
        onClick={() => discard.mutate()}
        loading={discard.isPending}
        data-testid="plan-cancel"
      >
        Cancel
      </Button>
      <Button
        onClick={start}
        {...(plan.origin === "purge" && { color: "red" })}
        loading={apply.isPending}
        title={`${MOD_LABEL} Enter`}
        data-testid="plan-apply"
      >
        {applyLabel(plan, rowsApplied(plan.counts))}
      </Button>
    </Footer>
  );
}

function NothingFooter({ plan }: { plan: PlanSummary }) {
  const navigate = useNavigate();
  const discard = useDiscard(plan);
  return (
    <Footer>
      <p className={classes.status} role="status" data-testid="plan-nothing">
        <strong>Nothing to apply.</strong> {nothingText(plan)}
      </p>
      <RejectsButton plan={plan} />
      <Button
        onClick={() => (discard.isPending ? void navigate(paths.imports) : discard.mutate())}
        data-testid="plan-close"
      >
        Close
      </Button>
    </Footer>
  );
}

function nothingText({ counts, origin }: PlanSummary): string {
  if (counts.resolvable > 0) return "Decide what becomes of the records that are kept.";
  if (origin === "sync" && counts.error === 0) {
    return "What is linked is in step. What is not linked yet waits under Match.";
  }
  return counts.error > 0
    ? "The rows with errors must be mended first; all others are as they should be already."
    : "Everything is as it should be already, or is kept.";
}

function DoneFooter({ plan }: { plan: PlanSummary }) {
  if (plan.counts.taken > 0) return <DecidedFooter plan={plan} />;
  const { resolvable } = plan.counts;
  return (
    <Footer>
      <p className={classes.status}>
        {resolvable > 0 && `${formatCount(resolvable, "record")} kept until you decide.`}
      </p>
      <RejectsButton plan={plan} />
      <UndoButton plan={plan} label={undoLabel(plan)} />
      <ShowRecords plan={plan} />
    </Footer>
  );
}

/** Leads to the list of what was written. */
function ShowRecords({ plan }: { plan: PlanSummary }) {
  const described = useKinds();
  if (plan.channel !== null) {
    return (
      <Button component={Link} to={paths.channel(plan.channel)} data-testid="plan-show-channel">
        Show the channel
      </Button>
    );
  }
  const kind = described.find(({ key }) => plan.kinds.includes(key));
  const path = kind === undefined ? null : listPath(kind.key);
  if (kind === undefined || path === null) return null;
  return (
    <Button component={Link} to={path} data-testid="plan-show-records">
      Show {kind.plural}
    </Button>
  );
}

/** The plan was applied; what was taken of its conflicts since is not written yet. */
function DecidedFooter({ plan }: { plan: PlanSummary }) {
  const apply = useApply(plan);
  const start = () => {
    if (!apply.isPending) apply.mutate();
  };
  useShortcuts({ "mod+enter": start });
  return (
    <Footer>
      <p className={classes.status} role="status">
        Your decisions are not written yet.
      </p>
      <RejectsButton plan={plan} />
      <UndoButton plan={plan} label={undoLabel(plan)} />
      <Button
        onClick={start}
        loading={apply.isPending}
        title={`${MOD_LABEL} Enter`}
        data-testid="plan-apply-decisions"
      >
        {applyLabel(plan, 0)}
      </Button>
    </Footer>
  );
}

function InterruptedFooter({ plan }: { plan: PlanSummary }) {
  const apply = useApply(plan);
  return (
    <Footer>
      <p className={classes.status} />
      <RejectsButton plan={plan} />
      <UndoButton plan={plan} label="Undo what was done" />
      <Button
        onClick={() => apply.mutate()}
        loading={apply.isPending}
        data-testid="plan-apply-rest"
      >
        Apply the rest
      </Button>
    </Footer>
  );
}

/** Decisions are undone by themselves: the plan before them is a batch of its own. */
function undoLabel({ isFollowUp }: PlanSummary): string | undefined {
  return isFollowUp ? "Undo the decisions" : undefined;
}

function UndoButton({ plan, label }: { plan: PlanSummary; label: string | undefined }) {
  const undo = useUndoBatch();
  const start = useMutation({ mutationFn: undo, onError: showErrorToast });
  const { batchId } = plan;
  const { data: batch } = useQuery({
    ...commandQuery(useHost(), "batches.get", { id: batchId ?? "" }),
    enabled: batchId !== null,
  });
  if (batchId === null || (batch && !canUndo(batch))) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={16} />}
      onClick={() => start.mutate(batchId)}
      loading={start.isPending}
      disabled={!batch}
      data-testid="plan-undo"
    >
      {label ?? (batch ? undoWord(batch) : "Undo")}
    </Button>
  );
}

function RejectsButton({ plan }: { plan: PlanSummary }) {
  const save = useSaveRejects(plan);
  const { origin, counts } = plan;
  if (origin !== "import" || counts.error + counts.conflict === 0) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconFileDownload size={16} />}
      onClick={() => save.mutate()}
      loading={save.isPending}
      data-testid="plan-save-rejects"
    >
      Save rejected rows…
    </Button>
  );
}

function Footer({ children }: { children: ReactNode }) {
  return <footer className={classes.footer}>{children}</footer>;
}
