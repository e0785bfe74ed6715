import { Button, CloseButton } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import type { JobStatus, Verification } from "../../bindings";
import { ProgressBar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { useMay } from "../../host/state";
import { formatAgo, formatCount } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import classes from "./History.module.css";
import { VerificationProblems } from "./VerificationProblems";

interface VerificationState {
  isRunning: boolean;
  /** The check that runs, once it is known. */
  job: JobStatus | undefined;
  result: Verification | null;
  start: () => void;
}

/** The check of the history: the run, and what the last one found. */
export function useVerification(): VerificationState {
  const host = useHost();
  const client = useQueryClient();
  const isAllowed = useMay("view_history");
  const latest = useJobs().find(({ kind }) => kind === "verify_history");
  const job = latest?.state === "running" ? latest : undefined;
  const { data } = useQuery({
    ...commandQuery(host, "history.verification", {}),
    enabled: isAllowed,
  });
  const start = useMutation({
    mutationFn: () => host.call("history.verify", {}),
    onError: showErrorToast,
  });
  // A short check may have ended before it was ever drawn as running.
  const ended = job === undefined ? latest : undefined;
  const told = useRef(ended?.id);
  useEffect(() => {
    if (ended === undefined || told.current === ended.id) return;
    told.current = ended.id;
    if (ended.error) showErrorToast(ended.error);
    void client.invalidateQueries({ queryKey: ["history.verification"] });
  }, [ended, client]);
  return {
    isRunning: job !== undefined || start.isPending,
    job,
    result: data ?? null,
    start: () => start.mutate(),
  };
}

/** How far the check is, or what it found; nothing before the first one. */
export function VerifyBar({ verification }: { verification: VerificationState }) {
  const host = useHost();
  const { job, result } = verification;
  const [hidden, setHidden] = useState<number | null>(null);
  if (job) {
    const cancel = () => void host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
    return (
      <section className={classes.verify} aria-label="Check of the history" data-testid="verifying">
        <div className={classes.progress}>
          <ProgressBar job={job} />
        </div>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </section>
    );
  }
  if (!result || result.checkedAt === hidden) return null;
  return <Finding result={result} onHide={() => setHidden(result.checkedAt)} />;
}

function Finding({ result, onHide }: { result: Verification; onHide: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const isFine = result.problemCount === 0;
  return (
    <section
      className={classes.verify}
      data-tone={isFine ? "fine" : "bad"}
      aria-label="Check of the history"
      data-testid={isFine ? "history-fine" : "history-tampered"}
    >
      {isFine ? <IconShieldCheck size={18} /> : <IconShieldX size={18} />}
      <p role={isFine ? "status" : "alert"}>
        <strong>{headline(result)}</strong> {extent(result)}
      </p>
      {!isFine && (
        <Button variant="default" onClick={() => setIsOpen(true)} data-testid="show-problems">
          Show what
        </Button>
      )}
      {isFine && <CloseButton aria-label="Dismiss" onClick={onHide} />}
      <VerificationProblems result={result} opened={isOpen} onClose={() => setIsOpen(false)} />
    </section>
  );
}

function headline({ problemCount }: Verification): string {
  if (problemCount === 0) return "The history is whole.";
  const places = formatCount(problemCount, "place");
  return `The workspace was changed past the app in ${places}.`;
}

/** What was checked, and what could not be. */
function extent({ batches, entries, records, open, older, checkedAt }: Verification): string {
  const parts = [
    `${formatCount(entries, "entry", "entries")} in ${formatCount(batches, "batch", "batches")} and ${formatCount(records, "record")} checked ${formatAgo(checkedAt)}.`,
  ];
  if (open > 0) parts.push(`${formatCount(open, "batch", "batches")} not finished yet.`);
  if (older > 0) {
    parts.push(
      `${formatCount(older, "older batch", "older batches")} from before the check began.`,
    );
  }
  return parts.join(" ");
}
