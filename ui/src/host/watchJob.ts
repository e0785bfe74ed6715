import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import type { JobId, JobStatus } from "../bindings";
import { commandQuery } from "../lib/query";
import { useHost } from "./context";
import { followJob, useJob } from "./jobs";

/** How often a running job is asked for, in case its events get lost. */
const ASK_MS = 1000;

/** What is known about one job. */
export interface WatchedJob {
  /** Undefined until it is known. */
  job: JobStatus | undefined;
  /** Whether there is no such job any more, for one since the app was started again. */
  isGone: boolean;
}

/** Follows one job to its end by its events, and by asking should they get lost. */
export function useWatchedJob(id: JobId | null): WatchedJob {
  const host = useHost();
  const told = useJob(id);
  useEffect(() => (id === null ? undefined : followJob(id)), [id]);
  const asked = useQuery({
    ...commandQuery(host, "jobs.get", { id: id ?? 0 }),
    enabled: id !== null,
    retry: false,
    refetchInterval: (query) => (isRunning(told ?? query.state.data) ? ASK_MS : false),
  });
  return {
    job: id === null ? undefined : latest(told, asked.data),
    isGone: id !== null && told === undefined && asked.isError,
  };
}

function isRunning(job: JobStatus | undefined): boolean {
  return job === undefined || job.state === "running";
}

/** The newer news of the two; the end of a job is the last there is. */
function latest(a: JobStatus | undefined, b: JobStatus | undefined): JobStatus | undefined {
  if (!a || !b) return a ?? b;
  if (isRunning(a) !== isRunning(b)) return isRunning(a) ? b : a;
  return b.at > a.at ? b : a;
}
