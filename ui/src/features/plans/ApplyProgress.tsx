import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import type { JobStatus } from "../../bindings";
import { Bar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { jobFraction, jobRate, jobTimeLeft } from "../../host/jobs";
import { formatCount, formatDuration, formatInteger } from "../../lib/format";
import classes from "./ApplyProgress.module.css";

/** The plan being applied: rows, rate, time left and Cancel, where the button stood. */
export function ApplyProgress({ job }: { job: JobStatus | undefined }) {
  const host = useHost();
  const cancel = useMutation({
    mutationFn: (id: number) => host.call("jobs.cancel", { id }),
    onError: showErrorToast,
  });
  return (
    <div className={classes.progress} data-testid="plan-progress">
      <span className={classes.step}>{job?.step ?? "Applying"}</span>
      <span className={classes.bar}>
        <Bar fraction={job ? jobFraction(job) : null} label="Applying the plan" />
      </span>
      <span className={classes.rows}>{job ? rowsText(job) : ""}</span>
      <span className={classes.rate}>{job ? rateText(job) : ""}</span>
      <Button
        variant="default"
        onClick={() => job && cancel.mutate(job.id)}
        disabled={!job}
        loading={cancel.isPending}
        data-testid="plan-cancel-apply"
      >
        Cancel
      </Button>
    </div>
  );
}

function rowsText({ done, total }: JobStatus): string {
  if (total > 0) return `${formatInteger(done)} of ${formatInteger(total)}`;
  return done > 0 ? formatCount(done, "row") : "";
}

function rateText(job: JobStatus): string {
  const [rate, left] = [jobRate(job), jobTimeLeft(job)];
  const parts = [];
  if (rate !== null) parts.push(`${formatInteger(Math.round(rate))} rows a second`);
  if (left !== null) parts.push(`${formatDuration(left)} left`);
  return parts.join(" · ");
}
