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

function originOf(job: JobStatus): Origin {
  return job.kind === "plan_undo" ? "undo" : "import";
}

/** What the plan will be called: the job of an undo knows it, that of an import knows the file. */
function titleOf(job: JobStatus): string {
  return job.kind === "plan_undo" ? job.label : `Import ${job.label}`;
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
    <Page title={titleOf(job)} actions={<PlanSteps origin={origin} current={2} />}>
      <section className={classes.planning} data-testid="planning">
        <h2 className={classes.title}>
          {origin === "undo"
            ? "Looking at what can be taken back"
            : "Comparing the file with your products"}
        </h2>
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

/** A plan that was never finished: why, and what to do. */
export function PlanningStopped({ job }: { job: JobStatus }) {
  const origin = originOf(job);
  const actions = (
    <Button component={Link} to={origin === "undo" ? paths.imports : paths.newImport()}>
      {origin === "undo" ? "Show imports" : "Import a file"}
    </Button>
  );
  return (
    <Page title={titleOf(job)} actions={<PlanSteps origin={origin} current={2} />}>
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
