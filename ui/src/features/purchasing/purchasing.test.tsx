import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, describe, expect, test } from "vitest";

import { coreHost, productOf, type CoreHost } from "../../host/pipe";
import { importFile } from "../../host/pipe/imports";
import { expectAccessible, fill, recordCalls, renderWindow } from "../../test/render";

const SHOPS = [
  ["ACME", "Acme Textiles"],
  ["KILN", "Kiln & Co"],
  ["ZED", "zed imports"],
] as const;

// The code of pages is read when they are first gone to, which on a busy machine takes longer than
// any test waits for what it shows.
beforeAll(async () => {
  await import("./SuppliersPage");
  await import("./SupplierProductsPage");
  await import("../products/ProductPanel");
}, 120_000);

/** Makes suppliers past the window. */
async function suppliers(host: CoreHost) {
  const made = new Map<string, string>();
  for (const [code, name] of SHOPS) {
    const fields = { "supplier.code": code, "supplier.name": name };
    made.set(code, (await host.call("suppliers.create", { fields })).record.id);
  }
  return (code: string) => made.get(code) ?? "";
}

/** Says that a supplier sells a product. */
async function sells(host: CoreHost, supplier: string, sku: string, more = {}) {
  const fields = {
    "supplier_product.supplier": supplier,
    "supplier_product.product_sku": sku,
    ...more,
  };
  return (await host.call("supplier_products.create", { fields })).record;
}

const rows = () => screen.findAllByTestId("grid-row");
const names = async () => (await rows()).map((row) => row.textContent);
const cards = async () =>
  (await screen.findAllByTestId("link")).map((card) => card.getAttribute("aria-label"));
const card = async (code: string) => {
  const all = await screen.findAllByTestId("link");
  return all.find((each) => each.getAttribute("aria-label") === code) ?? document.body;
};
const panel = () => screen.findByTestId("record-panel");

describe("a buyer", () => {
  test("is told what suppliers are for, and how to begin", async () => {
    const { user } = renderWindow("/purchasing/suppliers", await coreHost());
    expect(await screen.findByText("No suppliers yet")).toBeInTheDocument();
    expect(screen.getByTestId("import-records")).toHaveTextContent("Import a price file");
    expect(screen.queryByTestId("export")).not.toBeInTheDocument();
    expect(document.title).toBe("Shop North – Suppliers");
    await expectAccessible();
    await user.click(screen.getByTestId("first-record"));
    await panel();
    expect(window.location.hash).toBe("#/purchasing/suppliers/new");
  });

  test("makes suppliers by hand", async () => {
    const { user } = renderWindow("/purchasing/suppliers", await coreHost());
    await screen.findByText("No suppliers yet");
    for (const [code, name] of SHOPS) {
      await user.keyboard("{Escape}n");
      await screen.findByTestId("field-supplier.code");
      fill("field-supplier.code", code);
      fill("field-supplier.name", name);
      await user.keyboard("{Control>}s{/Control}");
      await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent(name));
    }
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });

  test("sorts by any column, narrows the list, and the address says how", async () => {
    const host = await coreHost();
    const id = (await suppliers(host))("KILN");
    const changes = [{ field: "supplier.active", old: true, new: false }];
    await host.call("suppliers.update", { id, version: 1, changes });
    const { user } = renderWindow("/purchasing/suppliers", host);
    expect((await names())[0]).toContain("ACME");
    await user.click(screen.getByTestId("sort-supplier.name"));
    await user.click(screen.getByTestId("sort-supplier.name"));
    await waitFor(async () => expect((await names())[0]).toContain("ZED"));
    expect(window.location.hash).toContain("sort=name&desc=1");
    await user.click(screen.getByTestId("sort-updated_at"));
    await user.click(screen.getByTestId("sort-updated_at"));
    await waitFor(async () => expect((await names())[0]).toContain("KILN"));
    await user.click(screen.getByTestId("filter-active"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Inactive" }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(window.location.hash).toContain("active=false");
    await user.click(screen.getByTestId("clear-filters"));
    await user.keyboard("/");
    await user.type(screen.getByTestId("record-search"), "nothing like it");
    expect(await screen.findByText("Nothing matches")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Show all suppliers" }));
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });

  test("walks the list by keys, edits one, and keeps what was typed", async () => {
    const host = await coreHost();
    await suppliers(host);
    const { user } = renderWindow("/purchasing/suppliers", host);
    await rows();
    await user.keyboard("j");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Acme Textiles", { selector: "h2" })).toBeInTheDocument();
    await user.keyboard("j");
    expect(await screen.findByText("Kiln & Co", { selector: "h2" })).toBeInTheDocument();
    await screen.findByTestId("field-supplier.email");
    await expectAccessible(await panel());
    fill("field-supplier.email", "nowhere");
    expect(await screen.findByText(/E-mail needs an address/)).toBeInTheDocument();
    fill("field-supplier.email", "orders@kiln.example");
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("KILN saved.")).toBeInTheDocument();
    await user.click(screen.getByTestId("tab-history"));
    await waitFor(() => expect(screen.getByTestId("history")).toHaveTextContent("E-mail"));
  });

  test("moves one to the trash, restores it, undoes that, and finds it all in the history", async () => {
    const host = await coreHost();
    const id = await suppliers(host);
    const { user } = renderWindow("/purchasing/suppliers", host);
    await user.click(await screen.findByRole("checkbox", { name: "Select KILN" }));
    await user.click(await screen.findByTestId("trash-selected"));
    expect(await screen.findByText("1 supplier moved to the trash.")).toBeInTheDocument();
    await user.click(screen.getByTestId("filter-view"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Trash" }));
    await screen.findByRole("heading", { name: /Trash/ });
    await user.click(await screen.findByRole("checkbox", { name: "Select KILN" }));
    await user.click(await screen.findByTestId("restore-selected"));
    expect(await screen.findByText("The trash is empty")).toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Undone.")).toBeInTheDocument();
    await user.click(await screen.findByRole("checkbox", { name: "Select KILN" }));
    await user.click(await screen.findByTestId("purge-selected"));
    await user.click(await screen.findByRole("button", { name: "Delete 1 supplier for good" }));
    expect(await screen.findByText("1 supplier deleted for good.")).toBeInTheDocument();
    const filter = { kind: "supplier", record: id("KILN") } as const;
    const { entries } = await host.call("history.list", { filter });
    expect(entries.map(({ operation }) => operation)).toEqual([
      "purge",
      "trash",
      "restore",
      "trash",
      "create",
    ]);
    window.location.hash = "#/history?kind=supplier&q=ZED";
    await user.click((await rows())[0]?.querySelector("[data-column]") ?? document.body);
    await user.click(await screen.findByRole("link", { name: "ZED" }));
    await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("zed imports"));
  });

  test("jumps to a supplier by its code", async () => {
    const host = await coreHost();
    await suppliers(host);
    const { user } = renderWindow("/", host);
    await screen.findByTestId("frame");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "kiln");
    await user.click(await screen.findByText("Kiln & Co"));
    await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Kiln & Co"));
  });
});

describe("what a supplier sells", () => {
  test("is added at the supplier, and its terms are edited in place", async () => {
    const host = await coreHost();
    const id = await suppliers(host);
    const calls = recordCalls(host);
    const { user } = renderWindow(`/purchasing/suppliers/${id("ACME")}`, host);
    await user.click(await screen.findByTestId("tab-products"));
    expect(await screen.findByText("ACME sells nothing yet")).toBeInTheDocument();
    fill("add-link", "KIT-1001");
    await user.click(screen.getByTestId("add-link-button"));
    const sold = await screen.findByTestId("link");
    await user.click(within(sold).getByTestId("cell-supplier_product.cost"));
    fill("edit-supplier_product.cost", "4.2O");
    await user.keyboard("{Enter}");
    expect(await within(sold).findByText(/is not a number/)).toBeInTheDocument();
    fill("edit-supplier_product.cost", "4.2");
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(screen.getByTestId("cell-supplier_product.cost")).toHaveTextContent("£4.20"),
    );
    // The keys go on where they were.
    expect(screen.getByTestId("cell-supplier_product.cost")).toHaveFocus();
    await user.click(screen.getByTestId("cell-supplier_product.pack_size"));
    fill("edit-supplier_product.pack_size", "0");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Pack size is at least 1.")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    expect(screen.getByTestId("cell-supplier_product.pack_size")).toHaveTextContent("–");
    expect(screen.getByTestId("cell-supplier_product.pack_size")).toHaveFocus();
    await user.click(screen.getByTestId("cell-supplier_product.drop_ship"));
    await waitFor(() =>
      expect(screen.getByTestId("cell-supplier_product.drop_ship")).toBeChecked(),
    );
    const updates = calls.filter(({ name }) => name === "supplier_products.update");
    expect(updates.map(({ request }) => request)).toMatchObject([
      { version: 1, changes: [{ field: "supplier_product.cost", old: null, new: 42_000 }] },
      { version: 2, changes: [{ field: "supplier_product.pack_size", new: 0 }] },
      { version: 2, changes: [{ field: "supplier_product.drop_ship", new: true }] },
    ]);
    await expectAccessible(await panel());
    fill("add-link", "KIT-1001");
    await user.click(screen.getByTestId("add-link-button"));
    expect(await screen.findByText(/already/)).toBeInTheDocument();
  });

  test("asks before it replaces what another user saved while it was typed", async () => {
    const host = await coreHost();
    const id = await suppliers(host);
    const { user } = renderWindow(`/purchasing/suppliers/${id("ACME")}`, host);
    await user.click(await screen.findByTestId("tab-products"));
    await screen.findByText("ACME sells nothing yet");
    fill("add-link", "KIT-1001");
    await user.click(screen.getByTestId("add-link-button"));
    await user.click(await screen.findByTestId("cell-supplier_product.pack_size"));
    const found = await host.call("supplier_products.find", { codes: ["ACME/KIT-1001"] });
    const [sold] = found;
    if (sold === undefined) throw new Error("ACME sells nothing.");
    const change = { field: "supplier_product.pack_size", old: null, new: 6 };
    const request = { id: sold.id, version: sold.version, changes: [change] };
    await host.call("supplier_products.update", request);
    fill("edit-supplier_product.pack_size", "12");
    await user.keyboard("{Enter}");
    const read = async () => {
      const now = await host.call("supplier_products.get", { id: sold.id });
      return now.fields["supplier_product.pack_size"];
    };
    await waitFor(() =>
      expect(screen.getByTestId("edit-supplier_product.pack_size")).toBeInvalid(),
    );
    expect(await read()).toBe(6);
    await user.keyboard("{Enter}");
    await waitFor(async () => expect(await read()).toBe(12));
  });

  test("is shown in the supplier's currency", async () => {
    const host = await coreHost();
    const id = await suppliers(host);
    const changes = [{ field: "supplier.currency", old: null, new: "EUR" }];
    await host.call("suppliers.update", { id: id("KILN"), version: 1, changes });
    await sells(host, "KILN", "KIT-1001", { "supplier_product.cost": 42_000 });
    await sells(host, "ACME", "KIT-1001", { "supplier_product.cost": 50_000 });
    const { user } = renderWindow("/purchasing/supplier-products", host);
    expect(await screen.findByText("£5.00")).toBeInTheDocument();
    await user.click(await screen.findByText("€4.20"));
    expect(await within(await panel()).findByText("€")).toBeInTheDocument();
    expect(screen.getByTestId("field-supplier_product.cost")).toHaveValue("4.20");
  });

  test("is a list of its own, narrowed by supplier, where a new one belongs to that supplier", async () => {
    const host = await coreHost();
    const id = await suppliers(host);
    await sells(host, "ACME", "KIT-1001");
    await sells(host, "KILN", "KIT-1002");
    const { user } = renderWindow("/purchasing/suppliers", host);
    await rows();
    await user.click(screen.getByText("Supplier products"));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    await expectAccessible();
    await user.click(screen.getByTestId("filter-supplier"));
    await user.click(await screen.findByRole("radio", { name: /KILN/ }));
    await waitFor(() => expect(window.location.hash).toContain(`supplier=${id("KILN")}`));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    await user.keyboard("n");
    await waitFor(() =>
      expect(screen.getByTestId("field-supplier_product.supplier")).toHaveValue("KILN"),
    );
    fill("field-supplier_product.product_sku", "KIT-1001");
    await user.click(screen.getByTestId("create-record"));
    expect(await screen.findByText("KILN/KIT-1001 created.")).toBeInTheDocument();
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect(window.location.hash).toContain(`supplier=${id("KILN")}`);
  });
});

test("the supplier to narrow a list by is found while typing, however many there are", async () => {
  const host = await coreHost();
  const lines = Array.from({ length: 120 }, (_, index) => `S-${1000 + index},Supplier ${index}`);
  await importFile(host, "suppliers.csv", ["Code,Name", ...lines, ""].join("\n"), "supplier");
  await sells(host, "S-1119", "KIT-1001");
  await sells(host, "S-1000", "KIT-1001");
  const { user } = renderWindow("/purchasing/supplier-products", host);
  await waitFor(async () => expect(await rows()).toHaveLength(2));
  await user.click(screen.getByTestId("filter-supplier"));
  expect(await screen.findByText("Type to find others.")).toBeVisible();
  expect(screen.queryByRole("radio", { name: /^S-1119/ })).not.toBeInTheDocument();
  await user.type(screen.getByRole("textbox", { name: "Find a supplier" }), "supplier 119");
  await user.click(await screen.findByRole("radio", { name: /^S-1119/ }));
  await waitFor(async () => expect(await rows()).toHaveLength(1));
  expect(screen.getByTestId("filter-supplier")).toHaveTextContent("S-1119");
});

describe("who sells a product", () => {
  test("is added at the product, and removed", async () => {
    const host = await coreHost();
    await suppliers(host);
    const { id } = await productOf(host, "KIT-1001");
    const { user } = renderWindow(`/products/${id}?q=KIT-1001`, host);
    await user.click(await screen.findByTestId("tab-suppliers"));
    expect(await screen.findByText("No supplier")).toBeInTheDocument();
    for (const code of ["ACME", "KILN"]) {
      await screen.findByTestId("add-link");
      fill("add-link", code);
      await user.click(screen.getByTestId("add-link-button"));
      await waitFor(async () => expect(await cards()).toContain(`${code}/KIT-1001`));
    }
    await user.click(within(await card("KILN/KIT-1001")).getByTestId("link-menu"));
    await user.click(await screen.findByTestId("remove-link"));
    await waitFor(async () => expect(await cards()).toEqual(["ACME/KIT-1001"]));
    await user.click(within(await card("ACME/KIT-1001")).getByText("ACME"));
    await waitFor(() =>
      expect(screen.getByTestId("panel-title")).toHaveTextContent("Acme Textiles"),
    );
  });

  test("is put first by one press, and one press takes that back", async () => {
    const host = await coreHost();
    await suppliers(host);
    for (const code of ["ACME", "KILN"]) await sells(host, code, "KIT-1001");
    const { id } = await productOf(host, "KIT-1001");
    const { user } = renderWindow(`/products/${id}?q=KIT-1001`, host);
    await user.click(await screen.findByTestId("tab-suppliers"));
    await waitFor(async () => expect(await cards()).toEqual(["ACME/KIT-1001", "KILN/KIT-1001"]));
    await user.click(within(await card("KILN/KIT-1001")).getByTestId("prefer"));
    await waitFor(async () => expect(await cards()).toEqual(["KILN/KIT-1001", "ACME/KIT-1001"]));
    expect(screen.getAllByTestId("preferred")).toHaveLength(1);
    await user.click(within(await screen.findByTestId("toast")).getByText("Undo"));
    await waitFor(() => expect(screen.queryByTestId("preferred")).not.toBeInTheDocument());
    await expectAccessible(screen.getByTestId("links"));
  });
});

test("products say how suppliers cover them, once there are suppliers", async () => {
  const host = await coreHost();
  const { user } = renderWindow("/products?q=kit", host);
  await rows();
  expect(screen.queryByTestId("filter-suppliers")).not.toBeInTheDocument();
  await suppliers(host);
  await user.click(await screen.findByTestId("filter-suppliers"));
  await user.click(await screen.findByRole("menuitemradio", { name: "None" }));
  await waitFor(() => expect(window.location.hash).toContain("suppliers=none"));
  const before = (await host.call("products.count", { filter: { coverage: "none" } })).count;
  const { id } = await sells(host, "ACME", "KIT-1001");
  expect(await host.call("products.count", { filter: { coverage: "none" } })).toMatchObject({
    count: before - 1,
  });
  await host.call("supplier_products.prefer", { id });
  window.location.hash = "#/products?suppliers=preferred";
  await waitFor(async () => expect(await rows()).toHaveLength(1));
  expect((await names())[0]).toContain("Preferred");
  await user.click((await rows())[0]?.querySelector("[data-column]") ?? document.body);
  await waitFor(() =>
    expect(screen.getByTestId("product-panel")).toHaveTextContent("Preferred supplier"),
  );
});

test("who may not edit suppliers looks at them, and sees no cost", async () => {
  const owner = await coreHost();
  const id = await suppliers(owner);
  await sells(owner, "ACME", "KIT-1001", { "supplier_product.cost": 42_000 });
  const host = await owner.another("viewer");
  const { user } = renderWindow("/purchasing/supplier-products", host);
  await rows();
  expect(screen.queryByText("Cost")).not.toBeInTheDocument();
  expect(screen.queryByTestId("new-record")).not.toBeInTheDocument();
  await user.keyboard("n");
  expect(window.location.hash).toBe("#/purchasing/supplier-products");
  await user.click(screen.getByTestId("columns-menu"));
  expect(await screen.findByRole("menuitemcheckbox", { name: "Minimum" })).toBeInTheDocument();
  expect(screen.queryByRole("menuitemcheckbox", { name: "Cost" })).not.toBeInTheDocument();
  window.location.hash = `#/purchasing/suppliers/${id("ACME")}`;
  await user.click(await screen.findByTestId("tab-products"));
  const sold = await screen.findByTestId("link");
  expect(sold).not.toHaveTextContent("Cost");
  expect(within(sold).queryByTestId("edit-supplier_product.supplier_sku")).toBeNull();
  expect(screen.queryByTestId("add-link")).not.toBeInTheDocument();
  expect(screen.queryByTestId("prefer")).not.toBeInTheDocument();
  await user.click(screen.getByTestId("record-menu"));
  expect(await screen.findByRole("menuitem", { name: "Copy the code" })).toBeInTheDocument();
  expect(screen.queryByTestId("trash-record")).not.toBeInTheDocument();
});
