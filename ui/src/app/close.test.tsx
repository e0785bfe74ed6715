import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import type { JobStatus } from "../bindings";
import type { RunningJobs } from "../host/host";
import { coreHost } from "../host/pipe";
import { expectAccessible, renderWindow } from "../test/render";

const RUNNING: JobStatus = {
  id: 4711,
  kind: "apply_plan",
  label: "Import june.csv",
  state: "running",
  step: "Applying",
  done: 400,
  total: 1000,
  startedAt: 0,
  stepStartedAt: 0,
  at: 0,
  plan: null,
  batch: null,
  error: null,
};

/** A window in which a job runs while it should close, and what it told the shell to do. */
async function asked(running = RUNNING) {
  const closed: RunningJobs[] = [];
  const core = await coreHost();
  core.close = (jobs) => {
    closed.push(jobs);
    return new Promise(() => {});
  };
  const { user, host } = renderWindow("/", core);
  await screen.findByRole("heading", { name: "Hello, Ada" });
  act(() => host.emit({ type: "job", job: running }));
  act(() => host.emit({ type: "closeAsked" }));
  const dialog = await screen.findByTestId("close-dialog");
  return { user, host, closed, dialog };
}

test("closing during a job asks, and lets it run on", async () => {
  const { user, closed, dialog } = await asked();
  expect(dialog).toHaveTextContent("Import june.csv");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Keep running in the background" }));
  expect(closed).toEqual(["finish"]);
});

test("closing stops a job after its set when that is chosen", async () => {
  const { user, closed } = await asked();
  await user.click(screen.getByRole("button", { name: "Stop after this set" }));
  expect(closed).toEqual(["stop"]);
  expect(screen.getByTestId("close-finish")).toBeDisabled();
});

test("a plan is not made behind a closed window, since nobody could read it", async () => {
  const { user, closed, dialog } = await asked({ ...RUNNING, kind: "plan_import" });
  expect(dialog).toHaveTextContent("Nothing was changed yet.");
  expect(screen.queryByTestId("close-finish")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Stop and close" }));
  expect(closed).toEqual(["stop"]);
});

test("the window stays when it is chosen", async () => {
  const { user, closed } = await asked();
  await user.click(screen.getByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByTestId("close-dialog")).not.toBeInTheDocument());
  expect(closed).toEqual([]);
});

test("a job that ends meanwhile needs no choice", async () => {
  const { user, host, closed, dialog } = await asked();
  act(() => host.emit({ type: "job", job: { ...RUNNING, state: "done" } }));
  await waitFor(() => expect(dialog).toHaveTextContent("Everything that was running has ended."));
  expect(screen.queryByTestId("close-stop")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Close Backstock" }));
  expect(closed).toEqual(["finish"]);
});
