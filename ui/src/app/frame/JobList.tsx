import { Anchor, Button } from "@mantine/core";
import { Link } from "react-router";

import type { JobState, JobStatus } from "../../bindings";
import { type Tone, ToneBadge } from "../../components/OutcomeBadge";
import { ProgressBar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { formatAgo, formatCount } from "../../lib/format";
import classes from "./JobList.module.css";
import { jobPath, jobTitle } from "./jobs";

const STATES: Record<JobState, { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "update" },
  done: { label: "Done", tone: "create" },
  cancelled: { label: "Cancelled", tone: "unchanged" },
  failed: { label: "Failed", tone: "error" },
};

/** What runs and what ended since the app started. */
export function JobList() {
  const jobs = useJobs();
  if (jobs.length === 0) {
    return <p className={classes.nothing}>Nothing has run since the app started.</p>;
  }
  return (
    <ul className={classes.list} data-testid="job-list">
      {jobs.slice(0, 12).map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
    </ul>
  );
}

/** How much a job that ended did. */
function endedCount(job: JobStatus): string {
  if (job.kind === "open_import") return formatCount(job.done, "KB", "KB");
  return formatCount(job.done, job.kind.endsWith("_images") ? "picture" : "row");
}

function JobItem({ job }: { job: JobStatus }) {
  const host = useHost();
  const path = jobPath(job);
  const cancel = () => void host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        {path === null ? (
          <span className={classes.title}>{jobTitle(job)}</span>
        ) : (
          <Anchor component={Link} to={path} className={classes.title ?? ""}>
            {jobTitle(job)}
          </Anchor>
        )}
        <ToneBadge {...STATES[job.state]} />
      </div>
      {job.state === "running" ? (
        <>
          <ProgressBar job={job} />
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        </>
      ) : (
        <span className={classes.detail}>
          {job.error ? job.error.message : endedCount(job)} · {formatAgo(job.at)}
        </span>
      )}
    </li>
  );
}
