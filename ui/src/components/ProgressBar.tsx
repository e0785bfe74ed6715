import type { JobStatus } from "../bindings";
import { jobFraction, jobRate, jobTimeLeft } from "../host/jobs";
import { formatDuration, formatInteger } from "../lib/format";
import classes from "./ProgressBar.module.css";

/** The bar alone; it moves by itself while the end is not known. */
export function Bar({ fraction, label }: { fraction: number | null; label: string }) {
  const percent = fraction === null ? undefined : Math.floor(fraction * 100);
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div
        className={classes.fill}
        data-unknown={fraction === null || undefined}
        style={fraction === null ? undefined : { width: `${fraction * 100}%` }}
      />
    </div>
  );
}

/** What a job counts, as many of it. */
function unitOf({ kind }: JobStatus): string {
  if (kind === "open_import") return "KB";
  return kind.endsWith("_images") ? "pictures" : "rows";
}

/** A job's progress in full: step, rows, rate and time left. */
export function ProgressBar({ job }: { job: JobStatus }) {
  const rate = jobRate(job);
  const left = jobTimeLeft(job);
  const unit = unitOf(job);
  const rows =
    job.total > 0
      ? `${formatInteger(job.done)} of ${formatInteger(job.total)}`
      : formatInteger(job.done);
  return (
    <div className={classes.progress} data-testid="progress">
      <div className={classes.line}>
        <span>{job.step}</span>
        <span className="tabular">
          {rows} {unit}
        </span>
      </div>
      <Bar fraction={jobFraction(job)} label={`${job.step} ${job.label}`} />
      <div className={classes.line}>
        <span className="tabular">
          {rate === null ? "" : `${formatInteger(Math.round(rate))} ${unit} a second`}
        </span>
        <span className="tabular">{left === null ? "" : `${formatDuration(left)} left`}</span>
      </div>
    </div>
  );
}
