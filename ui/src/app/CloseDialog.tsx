import { Button, Group, Modal, Stack } from "@mantine/core";
import { useEffect, useState } from "react";

import type { JobKind } from "../bindings";
import { Bar } from "../components/ProgressBar";
import { showErrorToast } from "../components/toast";
import { useHost } from "../host/context";
import type { RunningJobs } from "../host/host";
import { jobFraction, useJobs } from "../host/jobs";
import classes from "./CloseDialog.module.css";
import { jobTitle } from "./frame/jobs";

/** Jobs of which nothing is left when the window is gone, whether they ended or not. */
const ENDS_WITH_WINDOW: ReadonlySet<JobKind> = new Set([
  "open_import",
  "plan_import",
  "plan_undo",
  "plan_move",
  "verify_history",
]);

/** Asks what becomes of the jobs that run when the window should close. */
export function CloseDialog() {
  const host = useHost();
  const [isAsked, setAsked] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const running = useJobs().filter(({ state }) => state === "running");
  useEffect(
    () =>
      host.onEvent((event) => {
        if (event.type === "closeAsked") setAsked(true);
      }),
    [host],
  );
  const stay = () => setAsked(false);
  const close = (jobs: RunningJobs) => {
    setStopping(jobs === "stop");
    host.close(jobs).catch((error: unknown) => {
      setStopping(false);
      showErrorToast(error);
    });
  };
  const hasEnded = running.length === 0 && !isStopping;
  // What a plan would do is lost with the window; what is written or applied is not.
  const isWorthIt = running.some(({ kind }) => !ENDS_WITH_WINDOW.has(kind));
  return (
    <Modal opened={isAsked} onClose={stay} title="Close Backstock?" size={540}>
      <Stack gap={16} data-testid="close-dialog">
        <ul className={classes.jobs}>
          {running.map((job) => (
            <li key={job.id} className={classes.job}>
              <span className={classes.title}>{jobTitle(job)}</span>
              <Bar fraction={jobFraction(job)} label={jobTitle(job)} />
            </li>
          ))}
        </ul>
        <p className={classes.help}>
          {hasEnded
            ? "Everything that was running has ended."
            : isWorthIt
              ? "In the background it goes on until it is done, then Backstock ends. Stopped, what was applied stays; the rest can be applied or undone later."
              : "Nothing was changed yet. It can be started again the next time."}
        </p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={stay} disabled={isStopping}>
            Stay
          </Button>
          {!hasEnded && (
            <Button
              variant="default"
              loading={isStopping}
              onClick={() => close("stop")}
              data-testid="close-stop"
            >
              {isWorthIt ? "Stop after this set" : "Stop and close"}
            </Button>
          )}
          {(hasEnded || isWorthIt) && (
            <Button
              onClick={() => close("finish")}
              disabled={isStopping}
              data-autofocus
              data-testid="close-finish"
            >
              {hasEnded ? "Close Backstock" : "Keep running in the background"}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
