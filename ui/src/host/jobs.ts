import { useQuery, type QueryClient } from "@tanstack/react-query";

import type { JobId, JobStatus } from "../bindings";
import { toCommandError } from "../lib/errors";
import { commandQuery } from "../lib/query";
import { useHost } from "./context";
import type { Host } from "./host";

const JOBS_KEY = ["jobs.list", {}] as const;

/** Puts news of a job into the cache, the latest job first. */
export function rememberJob(client: QueryClient, job: JobStatus): void {
  client.setQueryData<JobStatus[]>(JOBS_KEY, (jobs = []) => {
    const known = jobs.some((each) => each.id === job.id);
    return known ? jobs.map((each) => (each.id === job.id ? job : each)) : [job, ...jobs];
  });
}

/** What runs and what ended since the app started, kept fresh by events. */
export function useJobs(): JobStatus[] {
  return useQuery(commandQuery(useHost(), "jobs.list", {})).data ?? [];
}

/** One job; undefined until it is known. */
export function useJob(id: JobId | null | undefined): JobStatus | undefined {
  return useJobs().find((job) => job.id === id);
}

/** Rows per second in the current step; null until there is something to measure. */
export function jobRate(job: JobStatus): number | null {
  const passed = job.at - job.stepStartedAt;
  return passed >= 500 && job.done > 0 ? (job.done * 1000) / passed : null;
}

/** Milliseconds that the current step still takes; null while that cannot be told. */
export function jobTimeLeft(job: JobStatus): number | null {
  const rate = jobRate(job);
  if (rate === null || job.total <= 0) return null;
  return (Math.max(0, job.total - job.done) / rate) * 1000;
}

/** How much of the current step is done, from 0 to 1; null while that is not known. */
export function jobFraction(job: JobStatus): number | null {
  return job.total > 0 ? Math.min(1, job.done / job.total) : null;
}

/** The jobs whose end is told by what awaits or shows them, by how many do. */
const followed = new Map<JobId, number>();

/** Says that a job's end is told where it was started; answers how to stop saying so. */
export function followJob(id: JobId): () => void {
  followed.set(id, (followed.get(id) ?? 0) + 1);
  return () => followed.set(id, (followed.get(id) ?? 1) - 1);
}

/** Whether a job's end is told by something else than a message. */
export function isFollowed(id: JobId): boolean {
  return (followed.get(id) ?? 0) > 0;
}

/** Waits until a job has ended, whether it ended before this was asked or after. */
export function waitForJob(host: Host, id: JobId): Promise<JobStatus> {
  // For good: the caller that awaited it has told its end.
  followJob(id);
  return new Promise((resolve, reject) => {
    const settle = (job: JobStatus) => {
      if (job.id !== id || job.state === "running") return;
      stop();
      resolve(job);
    };
    const stop = host.onEvent((event) => {
      if (event.type === "job") settle(event.job);
    });
    host.call("jobs.get", { id }).then(settle, (error: unknown) => {
      stop();
      reject(toCommandError(error));
    });
  });
}
