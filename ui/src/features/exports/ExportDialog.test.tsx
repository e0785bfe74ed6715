import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost } from "../../host/pipe";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";

const NAMED_BY_DAY: unknown = expect.stringMatching(/^products \d{4}-\d\d-\d\d\.csv$/);

async function openDialog(path = "/products") {
  const host = await coreHost();
  await host.choose("all.csv");
  const calls = recordCalls(host);
  const app = renderWindow(path, host);
  await app.user.click(await screen.findByTestId("export"));
  await screen.findByTestId("export-dialog");
  return { ...app, calls };
}

test("the whole catalogue is written, and a toast says so at the end", async () => {
  const { host, user, calls } = await openDialog();
  expect(await screen.findByLabelText("All products 117")).toBeChecked();
  await expectAccessible();
  await user.click(screen.getByTestId("export-start"));
  expect(await screen.findByText("117 products written to all.csv.")).toBeVisible();
  expect(calls.find(({ name }) => name === "files.choose_save")?.request).toEqual({
    suggestedName: NAMED_BY_DAY,
  });
  const written = (await host.read("all.csv")).trimEnd().split("\r\n");
  expect(written).toHaveLength(118);
  expect(written[0]?.split(",")).toHaveLength(31);
});

test("columns are chosen, and the choice is remembered", async () => {
  const { host, user } = await openDialog();
  await user.click(screen.getByRole("button", { name: "Only SKU" }));
  await user.click(screen.getByTestId("export-column-stock"));
  expect(screen.getByTestId("export-column-sku")).toBeDisabled();
  await user.click(screen.getByTestId("export-start"));
  await screen.findByText("117 products written to all.csv.");
  expect(await host.read("all.csv")).toContain("SKU,Stock on hand\r\nKIT-1001,42\r\n");
  await user.click(screen.getByTestId("export"));
  expect(await screen.findByTestId("export-column-count")).toHaveTextContent("2 of 31");
});

test("of a filtered list, what is filtered is proposed first", async () => {
  const { host, user } = await openDialog("/products?q=mug");
  expect(await screen.findByTestId("export-filter")).toBeChecked();
  await user.click(screen.getByTestId("export-start"));
  expect(await screen.findByText(/^\d products written to all\.csv\.$/)).toBeVisible();
  expect(await host.read("all.csv")).toContain("Enamel mug 350 ml");
});

test("a dialog that is closed writes nothing", async () => {
  const { host, user, calls } = await openDialog();
  await host.call("files.choose_save", { suggestedName: "" });
  await user.click(screen.getByTestId("export-start"));
  await waitFor(() =>
    expect(calls.filter(({ name }) => name === "files.choose_save")).toHaveLength(2),
  );
  expect(calls.some(({ name }) => name === "exports.run")).toBe(false);
});
