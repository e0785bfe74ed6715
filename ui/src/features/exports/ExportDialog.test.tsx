import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, recordCalls, renderApp } from "../../test/render";

async function openDialog(path = "/products") {
  const host = fakeHost({ products: 40, jobStepMs: 1 });
  const calls = recordCalls(host);
  const app = renderApp(path, {}, host);
  await app.user.click(await screen.findByTestId("export"));
  await screen.findByTestId("export-dialog");
  return { ...app, calls };
}

test("the whole catalogue is written, and a toast says so at the end", async () => {
  const { user, calls } = await openDialog();
  expect(await screen.findByLabelText("All products 40")).toBeChecked();
  await expectAccessible();
  await user.click(screen.getByTestId("export-start"));
  expect(
    await screen.findByText(/products written to products \d{4}-\d\d-\d\d\.csv/),
  ).toBeVisible();
  expect(calls.find(({ name }) => name === "exports.run")?.request).toEqual({
    file: "save-1",
    filter: {},
    ids: null,
    columns: null,
  });
});

test("columns are chosen, and the choice is remembered", async () => {
  const { user, calls } = await openDialog();
  await user.click(screen.getByRole("button", { name: "Only SKU" }));
  await user.click(screen.getByTestId("export-column-stock"));
  expect(screen.getByTestId("export-column-sku")).toBeDisabled();
  await user.click(screen.getByTestId("export-start"));
  await waitFor(() => expect(screen.queryByTestId("export-dialog")).not.toBeInTheDocument());
  expect(calls.find(({ name }) => name === "exports.run")?.request).toMatchObject({
    columns: ["sku", "stock"],
  });
  await user.click(screen.getByTestId("export"));
  expect(await screen.findByTestId("export-column-count")).toHaveTextContent("2 of 31");
});

test("of a filtered list, what is filtered is proposed first", async () => {
  const { user, calls } = await openDialog("/products?q=mug");
  expect(await screen.findByTestId("export-filter")).toBeChecked();
  await user.click(screen.getByTestId("export-start"));
  await waitFor(() => expect(calls.some(({ name }) => name === "exports.run")).toBe(true));
  expect(calls.find(({ name }) => name === "exports.run")?.request).toMatchObject({
    filter: { search: "mug" },
  });
});
