import { Button } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";

import type { JobStatus, Origin } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { ProgressBar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";
import classes from "./Planning.module.css";
import { PlanSteps } from "./PlanSteps";

function originOf({ kind }: JobStatus): Origin {
  if (kind === "plan_undo") return "undo";
  if (kind === "plan_sync") return "sync";
  return kind === "plan_move" ? "bulk_edit" : "import";
}

/** What the plan will be called: jobs of imports and syncs know of what it is, others know it. */
function titleOf(job: JobStatus): string {
  const origin = originOf(job);
  if (origin === "sync") return `Sync ${job.label}`;
  return origin === "import" ? `Import ${job.label}` : job.label;
}

function headingOf(origin: Origin): string {
  if (origin === "sync") return "Comparing the shop with your products";
  if (origin === "undo") return "Looking at what can be taken back";
  return origin === "import"
    ? "Comparing the file with your products"
    : "Looking at what would be moved";
}

/** A plan that is being made: how far it is, and a way out. */
export function Planning({ job }: { job: JobStatus }) {
  const host = useHost();
  const origin = originOf(job);
  const cancel = useMutation({
    mutationFn: () => host.call("jobs.cancel", { id: job.id }),
    onError: showErrorToast,
  });
  return (
    <Page title={titleOf(job)} actions={<PlanSteps origin={origin} stage="planning" />}>
      <section className={classes.planning} data-testid="planning">
        <h2 className={classes.title}>{headingOf(origin)}</h2>
        <ProgressBar job={job} />
        <div className={classes.foot}>
          <span>Nothing is changed by this.</span>
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
            data-testid="planning-cancel"
          >
            Cancel
          </Button>
        </div>
      </section>
    </Page>
  );
}

/** Where to go from a plan that was never finished. */
function wayOn(origin: Origin): { to: string; label: string } {
  if (origin === "sync") return { to: paths.channels, label: "Show the channels" };
  return origin === "import"
    ? { to: paths.newImport(), label: "Import a file" }
    : { to: paths.imports, label: "Show imports" };
}

/** A plan that was never finished: why, and what to do. */
export function PlanningStopped({ job }: { job: JobStatus }) {
  const origin = originOf(job);
  const { to, label } = wayOn(origin);
  const actions = (
    <Button component={Link} to={to}>
      {label}
    </Button>
  );
  return (
    <Page title={titleOf(job)} actions={<PlanSteps origin={origin} stage="planning" />}>
      {job.state === "failed" ? (
        <ErrorState
          error={job.error}
          title={`${job.label} could not be planned`}
          actions={actions}
        />
      ) : (
        <EmptyState
          icon={<IconPlayerStop size={22} />}
          title="Planning was cancelled"
          actions={actions}
        >
          Nothing was changed.
        </EmptyState>
      )}
    </Page>
  );
}
