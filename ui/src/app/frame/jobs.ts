import type { JobStatus } from "../../bindings";
import { paths } from "../../lib/paths";

/** What a job does, with what. */
export function jobTitle(job: JobStatus): string {
  switch (job.kind) {
    case "plan_import":
      return `Plan ${job.label}`;
    case "plan_undo":
      return `Plan the undo of ${job.label}`;
    case "apply_plan":
      return `Apply ${job.label}`;
    case "export":
      return `Export ${job.label}`;
    case "practice":
      return "Practice catalogue";
    case "verify_history":
      return "Verify the history";
  }
}

/** Where the result of a job is shown. */
export function jobPath(job: JobStatus): string | null {
  if (job.plan !== null && job.state === "running") return paths.plan(job.plan, job.id);
  if (job.kind === "verify_history") return paths.history;
  if (job.batch !== null) return paths.batch(job.batch);
  return job.plan === null ? null : paths.plan(job.plan);
}
