import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { waitForJob } from "../../host/jobs";
import { valueIn } from "../../lib/values";
import { expectAccessible, renderApp } from "../../test/render";

/** A host in which one file was imported and one product was edited. */
async function hostWithHistory() {
  const host = fakeHost({ importRows: 400, jobStepMs: 1 });
  const { id, settings } = await host.call("imports.open", { file: "file-1" });
  await host.call("imports.configure", { id, settings: { ...settings, dateOrder: "dmy" } });
  await waitForJob(host, (await host.call("imports.plan", { id })).job);
  await waitForJob(host, (await host.call("plans.apply", { id })).job);
  const { product } = await host.call("products.get", { id: "p4" });
  await host.call("products.update", {
    id: "p4",
    version: product.version,
    changes: [{ field: "stock", old: valueIn(product.fields, "stock"), new: 7 }],
  });
  return host;
}

test("imports are listed with who, what they did and their undo", async () => {
  renderApp("/imports", {}, await hostWithHistory());
  const row = await screen.findByTestId("grid-row");
  expect(row).toHaveTextContent("Import supplier-june.csv");
  expect(row).toHaveTextContent("Ada Moreno");
  expect(row).toHaveTextContent("1 rejected");
  expect(within(row).getByRole("button", { name: "Undo: Import supplier-june.csv" })).toBeVisible();
  await expectAccessible();
});

test("all changes can be shown, and narrowed to an origin", async () => {
  const { user } = renderApp("/imports", {}, await hostWithHistory());
  await screen.findByTestId("grid-row");
  await user.click(screen.getByRole("radio", { name: "All changes" }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  await user.click(screen.getByTestId("batches-origin"));
  await user.click(await screen.findByRole("option", { name: "Form", hidden: true }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(1));
  expect(screen.getByTestId("grid-row")).toHaveTextContent("Edit BS-");
});

test("a batch shows its journal, record by record", async () => {
  const { user } = renderApp("/imports?show=all", {}, await hostWithHistory());
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  await user.click(screen.getByText(/^Edit BS-/));
  expect(await screen.findByTestId("batch-summary")).toHaveTextContent("1 updated");
  const row = await screen.findByTestId("grid-row");
  expect(row).toHaveTextContent("Stock on hand");
  expect(row.querySelector("ins")).toHaveTextContent("7");
  await expectAccessible();
});

test("undo in the list opens the plan of the undo, not the batch", async () => {
  const { user } = renderApp("/imports", {}, await hostWithHistory());
  await screen.findByTestId("grid-row");
  await user.click(screen.getByRole("button", { name: /^Undo: / }));
  expect(await screen.findByRole("heading", { name: "Undo supplier-june.csv" })).toBeVisible();
});

test("from a batch that was stopped there is a way back to its plan", async () => {
  const host = fakeHost({ importRows: 400, jobStepMs: 20 });
  const { id, settings } = await host.call("imports.open", { file: "file-1" });
  await host.call("imports.configure", { id, settings: { ...settings, dateOrder: "dmy" } });
  await waitForJob(host, (await host.call("imports.plan", { id })).job);
  const { job } = await host.call("plans.apply", { id });
  await host.call("jobs.cancel", { id: job });
  const [batch] = host.world.batches;
  const { user } = renderApp(`/batches/${batch?.id ?? ""}`, {}, host);
  await user.click(await screen.findByTestId("batch-apply-rest"));
  expect(await screen.findByTestId("plan-apply-rest")).toBeVisible();
});

test("a batch that was done has no rest", async () => {
  const host = await hostWithHistory();
  renderApp(`/batches/${host.world.batches[1]?.id ?? ""}`, {}, host);
  await screen.findByTestId("batch-summary");
  expect(screen.queryByTestId("batch-apply-rest")).not.toBeInTheDocument();
});

test("an empty list says what imports are for", async () => {
  renderApp("/imports");
  expect(await screen.findByText("Nothing was imported yet")).toBeVisible();
  await expectAccessible();
});

test("a batch that is not there says so", async () => {
  renderApp("/batches/nothing");
  expect(await screen.findByText("There is no such change")).toBeVisible();
});
