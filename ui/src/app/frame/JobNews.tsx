import { useEffect, useRef } from "react";
import { parsePath, useLocation, useNavigate } from "react-router";

import type { JobKind, JobStatus } from "../../bindings";
import { dismissToastTo, showErrorToast, showInfo, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { isFollowed } from "../../host/jobs";
import { jobNews, jobPath } from "./jobs";

/** Jobs that end with the answer to a command. */
const AWAITED: ReadonlySet<JobKind> = new Set([
  "open_import",
  "store_images",
  "fetch_images",
  "clean_images",
  "check_channel",
]);

/** What shows or awaits a job may hear of it a moment after its end. */
const LOOK_MS = 400;

/** Says how a job ended that no page shows. */
export function JobNews(): null {
  const host = useHost();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    shown.current = pathname;
    dismissToastTo(pathname);
  }, [pathname]);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const tell = (job: JobStatus) => {
      // What is answered to the page that gave the command is told there.
      if (isFollowed(job.id) || AWAITED.has(job.kind)) return;
      const path = jobPath(job);
      const page = path === null ? undefined : parsePath(path).pathname;
      const open =
        path !== null && page !== undefined
          ? { label: "Show", onClick: () => void navigate(path), path: page }
          : undefined;
      if (job.error) showErrorToast(job.error);
      // A short job may have ended before its page began to follow it.
      else if (page === shown.current) return;
      else if (job.state === "cancelled") showInfo(jobNews(job), open);
      else showToast(jobNews(job), open);
    };
    const stop = host.onEvent((event) => {
      if (event.type !== "job" || event.job.state === "running") return;
      // A page that shows it now may be gone by then, and one that is opened may show it then.
      const wasFollowed = isFollowed(event.job.id);
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!wasFollowed) tell(event.job);
      }, LOOK_MS);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [host, navigate]);
  return null;
}
