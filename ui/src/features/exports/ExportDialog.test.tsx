import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, type CoreHost } from "../../host/pipe";
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
  expect(written[0]?.split(",")).toHaveLength(34);
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
  expect(await screen.findByTestId("export-column-count")).toHaveTextContent("2 of 34");
});

test("of a filtered list, what is filtered is proposed first", async () => {
  const { host, user } = await openDialog("/products?q=mug");
  expect(await screen.findByTestId("export-filter")).toBeChecked();
  await user.click(screen.getByTestId("export-start"));
  expect(await screen.findByText(/^\d products written to all\.csv\.$/)).toBeVisible();
  expect(await host.read("all.csv")).toContain("Enamel mug 350 ml");
});

test("a file for Shopify has Shopify's columns, and those of another list have no such choice", async () => {
  const { host, user } = await openDialog("/products?q=mug");
  await user.click(await screen.findByTestId("export-shape-shopify"));
  expect(screen.queryByTestId("export-column-count")).not.toBeInTheDocument();
  await expectAccessible();
  await user.click(screen.getByTestId("export-start"));
  await screen.findByText(/^\d+ products? written to all\.csv\.$/);
  const [header, first] = (await host.read("all.csv")).split("\r\n");
  expect(header).toMatch(/^\uFEFFHandle,Title,Body \(HTML\),Vendor,/);
  expect(first).toContain("Enamel mug");
});

/** Two suppliers and what they sell, past the window. */
async function suppliers(host: CoreHost) {
  for (const [code, more] of [
    ["ACME", {}],
    ["KILN", { "supplier.active": false }],
  ] as const) {
    const fields = { "supplier.code": code, "supplier.name": `The ${code}`, ...more };
    await host.call("suppliers.create", { fields });
    const sold = {
      "supplier_product.supplier": code,
      "supplier_product.product_sku": "KIT-1001",
      "supplier_product.cost": 42_000,
    };
    await host.call("supplier_products.create", { fields: sold });
  }
}

test("a list of any kind is written as it is filtered now", async () => {
  const host = await coreHost();
  await suppliers(host);
  await host.choose("inactive.csv");
  const calls = recordCalls(host);
  const { user } = renderWindow("/purchasing/suppliers?active=false&q=kil", host);
  await user.click(await screen.findByTestId("export"));
  expect(await screen.findByLabelText("As filtered now 1")).toBeChecked();
  expect(screen.queryByTestId("export-shape-shopify")).not.toBeInTheDocument();
  expect(await screen.findByLabelText("All suppliers 2")).not.toBeChecked();
  await expectAccessible();
  await user.click(screen.getByTestId("export-start"));
  expect(await screen.findByText("1 supplier written to inactive.csv.")).toBeVisible();
  expect(calls.find(({ name }) => name === "files.choose_save")?.request).toEqual({
    suggestedName: expect.stringMatching(/^suppliers \d{4}-\d\d-\d\d\.csv$/) as unknown,
  });
  const written = await host.read("inactive.csv");
  expect(written).toContain("KILN,The KILN");
  expect(written).not.toContain("ACME");
});

test("what is selected of a list is written, with the columns that its records need", async () => {
  const host = await coreHost();
  await suppliers(host);
  await host.choose("sold.csv");
  const { user } = renderWindow("/purchasing/supplier-products", host);
  await user.click(await screen.findByRole("checkbox", { name: "Select ACME/KIT-1001" }));
  await user.click(await screen.findByTestId("export-selected"));
  expect(await screen.findByLabelText("The selection 1")).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Only Supplier and SKU" }));
  await user.click(screen.getByTestId("export-column-supplier_product.cost"));
  expect(screen.getByTestId("export-column-supplier_product.supplier")).toBeDisabled();
  expect(screen.queryByTestId("export-column-supplier_product.code")).not.toBeInTheDocument();
  await user.click(screen.getByTestId("export-start"));
  await screen.findByText("1 supplier product written to sold.csv.");
  expect(await host.read("sold.csv")).toBe("\uFEFFSupplier,SKU,Cost\r\nACME,KIT-1001,4.2\r\n");
});

test("who may not export has no button for it", async () => {
  const owner = await coreHost();
  await suppliers(owner);
  renderWindow("/purchasing/suppliers", await owner.another("viewer"));
  await screen.findAllByTestId("grid-row");
  expect(screen.queryByTestId("export")).not.toBeInTheDocument();
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
