import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, emptyHost, saveField } from "../../host/pipe";
import { importFile, planFile, supplierFile } from "../../host/pipe/imports";
import { waitForJob } from "../../host/jobs";
import { expectAccessible, renderWindow } from "../../test/render";

/** A core in which one file was imported and one product was edited. */
async function hostWithHistory() {
  const host = await emptyHost();
  await importFile(host, "supplier-june.csv", supplierFile(40, ["AB-9,Bad row,1O,1.00"]));
  await saveField(host, "AB-1000", "stock", 7);
  return host;
}

test("imports are listed with who, what they did and their undo", async () => {
  renderWindow("/imports", await hostWithHistory());
  const row = await screen.findByTestId("grid-row");
  expect(row).toHaveTextContent("Import supplier-june.csv");
  expect(row).toHaveTextContent("Ada Moreno");
  expect(row).toHaveTextContent("1 rejected");
  expect(within(row).getByRole("button", { name: "Undo: Import supplier-june.csv" })).toBeVisible();
  await expectAccessible();
});

test("all changes can be shown, and narrowed to an origin", async () => {
  const { user } = renderWindow("/imports", await hostWithHistory());
  await screen.findByTestId("grid-row");
  await user.click(screen.getByRole("radio", { name: "All changes" }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  await user.click(screen.getByTestId("batches-origin"));
  await user.click(await screen.findByRole("radio", { name: "Form" }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(1));
  expect(screen.getByTestId("grid-row")).toHaveTextContent("Edit AB-1000");
});

const topRow = () => screen.getAllByTestId("grid-row")[0];

test("the list is narrowed by state, person and time, and sorted by what and when", async () => {
  const { user } = renderWindow("/imports?show=all", await hostWithHistory());
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  expect(topRow()).toHaveTextContent("Edit AB-1000");
  await user.click(screen.getByTestId("sort-started"));
  await waitFor(() => expect(topRow()).toHaveTextContent("Import supplier-june.csv"));
  await user.click(screen.getByTestId("sort-origin"));
  await waitFor(() => expect(topRow()).toHaveTextContent("Edit AB-1000"));
  await user.click(screen.getByTestId("batches-person"));
  await user.click(await screen.findByRole("radio", { name: "Ada Moreno" }));
  await waitFor(() => expect(screen.getByTestId("batches-person")).toHaveTextContent("Ada"));
  expect(screen.getAllByTestId("grid-row")).toHaveLength(2);
  await user.click(screen.getByTestId("batches-state"));
  await user.click(await screen.findByRole("menuitemradio", { name: "Stopped" }));
  expect(await screen.findByText("Nothing matches the filters")).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Clear the filters" }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
});

test("a batch shows its journal, record by record", async () => {
  const { user } = renderWindow("/imports?show=all", await hostWithHistory());
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  await user.click(screen.getByText(/^Edit AB-1000/));
  expect(await screen.findByTestId("batch-summary")).toHaveTextContent("1 updated");
  const row = await screen.findByTestId("grid-row");
  expect(row).toHaveTextContent("Stock on hand");
  expect(row.querySelector("ins")).toHaveTextContent("7");
  await expectAccessible();
});

test("undo in the list opens the plan of the undo, not the batch", async () => {
  const { user } = renderWindow("/imports", await hostWithHistory());
  await screen.findByTestId("grid-row");
  await user.click(screen.getByRole("button", { name: /^Undo: / }));
  expect(await screen.findByRole("heading", { name: "Undo supplier-june.csv" })).toBeVisible();
});

test("in a narrow window the actions of a row are icons, which keep their names and work", async () => {
  const wide = window.matchMedia;
  window.matchMedia = (media) => Object.assign(wide(media), { matches: media.includes("width <") });
  const { user } = renderWindow("/imports", await hostWithHistory());
  await screen.findByTestId("grid-row");
  window.matchMedia = wide;
  const undo = screen.getByRole("button", { name: /^Undo: / });
  expect(undo).not.toHaveTextContent("Undo");
  await expectAccessible();
  await user.hover(undo);
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Undo");
  await user.click(undo);
  expect(await screen.findByRole("heading", { name: "Undo supplier-june.csv" })).toBeVisible();
});

test("from a batch that was stopped there is a way back to its plan", async () => {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", supplierFile(3000));
  const { job } = await host.call("plans.apply", { id });
  await host.call("jobs.cancel", { id: job });
  await waitForJob(host, job);
  const { batchId } = await host.call("plans.get", { id });
  const { user } = renderWindow(`/batches/${batchId ?? ""}`, host);
  await user.click(await screen.findByTestId("batch-apply-rest"));
  expect(await screen.findByTestId("plan-apply-rest")).toBeVisible();
});

test("a batch that was done has no rest", async () => {
  const host = await hostWithHistory();
  const { rows } = await host.call("batches.list", {
    filter: { origins: ["import"] },
    offset: 0,
    limit: 1,
  });
  renderWindow(`/batches/${rows[0]?.id ?? ""}`, host);
  await screen.findByTestId("batch-summary");
  expect(screen.queryByTestId("batch-apply-rest")).not.toBeInTheDocument();
});

test("an empty list says what imports are for", async () => {
  renderWindow("/imports", await emptyHost());
  expect(await screen.findByText("Nothing was imported yet")).toBeVisible();
  await expectAccessible();
});

test("a batch that is not there says so", async () => {
  renderWindow(`/batches/${crypto.randomUUID()}`, await coreHost());
  expect(await screen.findByText("There is no such change")).toBeVisible();
});

const isRedo = (_: string, each: Element | null) => each?.textContent === "Redo edit of AB-1000";

test("the undo of an undo is called by what it does again, wherever it is shown", async () => {
  const host = await emptyHost();
  await importFile(host, "june.csv", supplierFile(1));
  await saveField(host, "AB-1000", "stock", 7);
  const undoLast = async () => {
    const { rows } = await host.call("batches.list", { offset: 0, limit: 1 });
    const { job, plan } = await host.call("plans.undo", { batchId: rows[0]?.id ?? "" });
    await waitForJob(host, job);
    const applying = await host.call("plans.apply", { id: plan ?? "" });
    await waitForJob(host, applying.job);
  };
  await undoLast();
  const first = renderWindow("/imports?show=all", host);
  expect(await screen.findByRole("button", { name: "Redo edit of AB-1000" })).toHaveTextContent(
    "Redo",
  );
  await first.user.click(screen.getByRole("button", { name: "Redo edit of AB-1000" }));
  expect(await screen.findByRole("heading", { name: "Redo edit of AB-1000" })).toBeVisible();
  first.unmount();
  await undoLast();
  for (const address of ["/", "/imports?show=all", "/history"]) {
    const { unmount } = renderWindow(address, host);
    expect((await screen.findAllByText(isRedo))[0]).toBeVisible();
    unmount();
  }
});
