import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, type CoreHost } from "../../host/pipe";
import { planDraft } from "../../host/pipe/imports";
import { expectAccessible, renderWindow } from "../../test/render";

const COST = "supplier_product.cost";

/** A supplier of euros that sells one product, in a workspace of pounds; the cost rose from 4.20 to 4.50. */
async function shop() {
  const host = await coreHost();
  const kiln = {
    "supplier.code": "KILN",
    "supplier.name": "Kiln & Co",
    "supplier.currency": "EUR",
  };
  const supplier = (await host.call("suppliers.create", { fields: kiln })).record.id;
  const fields = {
    "supplier_product.supplier": "KILN",
    "supplier_product.product_sku": "KIT-1001",
    [COST]: 42_000,
  };
  const { id } = (await host.call("supplier_products.create", { fields })).record;
  const changes = [{ field: COST, old: 42_000, new: 45_000 }];
  const { batchId } = await host.call("supplier_products.update", { id, version: 1, changes });
  return { host, supplier, id, batch: batchId ?? "" };
}

const rows = async () => (await screen.findAllByTestId("grid-row")).map((row) => row.textContent);

test("costs stand in the supplier's currency in the history, in a batch and in the panel", async () => {
  const { host, id, batch } = await shop();
  const { user } = renderWindow("/history?kind=supplier_product", host);
  await waitFor(async () => expect((await rows())[0]).toContain("€4.20 → €4.50"));
  expect((await rows())[1]).toContain("€4.20");
  expect(document.body).not.toHaveTextContent("£");
  window.location.hash = `#/batches/${batch}`;
  await screen.findByRole("grid", { name: "Changed records" });
  await waitFor(async () => expect((await rows())[0]).toContain("€4.20 → €4.50"));
  window.location.hash = `#/purchasing/supplier-products/${id}`;
  await user.click(await screen.findByTestId("tab-history"));
  await waitFor(() => expect(screen.getByTestId("history")).toHaveTextContent("€4.20 → €4.50"));
});

test("costs of what is gone have no sign", async () => {
  const { host, id } = await shop();
  await host.call("supplier_products.trash", { ids: [id] });
  await host.call("supplier_products.purge", { ids: [id] });
  renderWindow("/history?kind=supplier_product", host);
  await waitFor(async () => expect((await rows())[2]).toContain("4.20 → 4.50"));
  expect(document.body).not.toHaveTextContent("£");
});

/** The price file of a supplier as a plan: one cost rises, one is new. */
async function priceFile(host: CoreHost, sender: string) {
  const path = await host.file("kiln.csv", "Our SKU,Cost\nKIT-1001,5.00\nKIT-1002,6.10\n");
  const { token } = await host.grant(path);
  const { id } = await host.call("imports.open", { file: token, sender });
  return planDraft(host, id);
}

test("a price file is reviewed in the supplier's currency, conflicts included", async () => {
  const { host, supplier, id } = await shop();
  const plan = await priceFile(host, supplier);
  const changes = [{ field: COST, old: 45_000, new: 47_000 }];
  await (
    await host.another("manager")
  ).call("supplier_products.update", { id, version: 2, changes });
  const { user } = renderWindow(`/plans/${plan}`, host);
  await waitFor(async () => expect((await rows())[0]).toContain("€4.50 → €5.00"));
  expect((await rows())[1]).toContain("€6.10");
  await user.click(screen.getByTestId("plan-apply"));
  await screen.findByTestId("plan-done");
  await user.click(await screen.findByTestId("plan-tab-conflict"));
  await waitFor(async () => expect((await rows())[0]).toContain("file €5.00 · now €4.70"));
  await user.click(screen.getByText("KILN/KIT-1001"));
  const conflict = await screen.findByTestId("plan-conflict");
  await waitFor(() => expect(within(conflict).getByText("€4.70")).toBeVisible());
  expect(document.body).not.toHaveTextContent("£");
  await expectAccessible();
});
