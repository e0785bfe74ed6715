import type { JobStatus } from "../../bindings";
import { formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";

/** What a job does, with what. */
export function jobTitle(job: JobStatus): string {
  switch (job.kind) {
    case "open_import":
      return `Read ${job.label}`;
    case "plan_import":
      return `Plan ${job.label}`;
    case "plan_undo":
    case "plan_move":
      return job.label;
    case "apply_plan":
      return job.label;
    case "export":
      return `Export ${job.label}`;
    case "practice":
      return "Practice catalogue";
    case "verify_history":
      return "Verify the history";
    case "store_images":
      return `Add ${job.label}`;
    case "fetch_images":
      return "Fetch pictures";
    case "clean_images":
      return "Clean pictures";
    case "fetch_channel":
      return `Read ${job.label}`;
    case "plan_sync":
      return `Sync ${job.label}`;
    case "check_channel":
      return `Ask ${job.label}`;
  }
}

/** Jobs that make a plan. */
const PLANNING: ReadonlySet<JobStatus["kind"]> = new Set([
  "plan_import",
  "plan_undo",
  "plan_move",
  "plan_sync",
]);

/** What is said about a job that ended while its page was not shown. */
export function jobNews(job: JobStatus): string {
  const title = jobTitle(job);
  if (job.state === "cancelled") return `${title} was cancelled.`;
  return PLANNING.has(job.kind)
    ? `${title}: the plan is ready.`
    : `${title}: done, ${formatCount(job.done, "row")}.`;
}

/** Where the result of a job is shown. */
export function jobPath(job: JobStatus): string | null {
  if (job.plan !== null && job.state === "running") return paths.plan(job.plan, job.id);
  if (job.kind === "verify_history") return paths.history;
  if (job.batch !== null) return paths.batch(job.batch);
  return job.plan === null ? null : paths.plan(job.plan);
}
