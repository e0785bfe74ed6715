import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { waitForJob } from "../../host/jobs";
import { coreHost, type CoreHost, saveField } from "../../host/pipe";
import { importFile, planFile, supplierFile } from "../../host/pipe/imports";
import { expectAccessible, renderWindow } from "../../test/render";

/** An import that was stopped after some of it was written. */
async function stopped(host: CoreHost): Promise<void> {
  const id = await planFile(host, "supplier-june.csv", supplierFile(20_000));
  const { job } = await host.call("plans.apply", { id });
  await new Promise<void>((resolve) => {
    const stop = host.onEvent((event) => {
      if (event.type !== "job" || event.job.id !== job || event.job.done === 0) return;
      stop();
      resolve();
    });
  });
  await host.call("jobs.cancel", { id: job });
  await waitForJob(host, job);
}

test("a batch that was stopped says so, and what is left of it can be applied or taken back", async () => {
  const host = await coreHost();
  await stopped(host);
  const { user } = renderWindow("/", host);
  const title = await screen.findByRole("link", { name: "Import supplier-june.csv" });
  const line = title.closest("tr") ?? document.body;
  expect(line).toHaveTextContent("Stopped");
  expect(line).toHaveTextContent(/\d not reached/);
  await expectAccessible();
  await user.click(within(line).getByRole("link", { name: /^Apply the rest/ }));
  await user.click(await screen.findByTestId("plan-apply-rest"));
  expect(await screen.findByTestId("plan-done")).toHaveTextContent("changes applied");
});

test("what was done of a stopped batch can be undone from Home", async () => {
  const host = await coreHost();
  await stopped(host);
  const { user } = renderWindow("/", host);
  await user.click(await screen.findByRole("button", { name: /^Undo what was done/ }));
  expect(await screen.findByRole("heading", { name: "Undo supplier-june.csv" })).toBeVisible();
});

test("a batch that was done has its undo, and no rest", async () => {
  const host = await coreHost();
  await importFile(host, "june.csv", supplierFile(3));
  await saveField(host, "AB-1000", "stock", 7);
  renderWindow("/", host);
  expect(await screen.findByRole("link", { name: "Edit AB-1000" })).toBeVisible();
  expect(screen.queryByText("Apply the rest")).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Undo: Import june.csv" })).toBeVisible();
});
