import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { waitForJob } from "../../host/jobs";
import { coreHost, productOf, saveField, type CoreHost, type StaffRole } from "../../host/pipe";
import { openFile, supplierFile } from "../../host/pipe/imports";
import { expectAccessible, fill, recordCalls, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const pathOf = async (host: CoreHost, sku: string) =>
  `/products/${(await productOf(host, sku)).id}`;

/** The form of a product. */
async function open(sku = "KIT-1001", core?: CoreHost) {
  const host = core ?? (await coreHost());
  const calls = recordCalls(host);
  const app = renderWindow(await pathOf(host, sku), host);
  await screen.findByTestId("field-name");
  return { ...app, calls };
}

const panel = () => screen.getByTestId("product-panel");

/** What selects one of the first rows: a product without variants. */
const firstCheckbox = () => screen.findByRole("checkbox", { name: "Select BAT-5006" });

describe("the list", () => {
  test("is searched and filtered, and its address says how", async () => {
    const { user } = renderWindow("/products", await coreHost());
    await screen.findAllByTestId("grid-row");
    await expectAccessible();
    await user.keyboard("/");
    expect(screen.getByTestId("product-search")).toHaveFocus();
    await user.keyboard("mug");
    await waitFor(() => expect(window.location.hash).toContain("q=mug"));
    await waitFor(() => expect(screen.queryByText("Bread knife 22 cm")).not.toBeInTheDocument());
    await user.click(screen.getByTestId("filter-stock"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Out of stock" }));
    await waitFor(() => expect(window.location.hash).toContain("stock=out_of_stock"));
    await user.click(screen.getByTestId("clear-filters"));
    await waitFor(() => expect(window.location.hash).toBe("#/products?q=mug"));
  });

  test("offers the brands with how many products have each", async () => {
    const { user } = renderWindow("/products", await coreHost());
    await screen.findAllByTestId("grid-row");
    await user.click(screen.getByTestId("filter-brand"));
    const box = await screen.findByRole("checkbox", { name: /Larkspur/ });
    await expectAccessible();
    await user.click(box);
    await waitFor(() => expect(window.location.hash).toContain("brand=Larkspur"));
    expect(screen.getByTestId("filter-brand")).toHaveTextContent("Brand: Larkspur");
  });

  test("is filtered by a range of prices", async () => {
    const { user } = renderWindow("/products", await coreHost());
    await screen.findAllByTestId("grid-row");
    await user.click(screen.getByTestId("filter-store_price"));
    await user.type(await screen.findByTestId("filter-from"), "20");
    await user.type(screen.getByTestId("filter-to"), "25.50{Enter}");
    await waitFor(() => expect(window.location.hash).toContain("price-from=200000"));
    expect(window.location.hash).toContain("price-to=255000");
    expect(screen.getByTestId("filter-store_price")).toHaveTextContent("£20.00 – £25.50");
    await waitFor(() => {
      const prices = screen
        .getAllByTestId("grid-row")
        .map((row) => Number(/£([\d.]+)/.exec(row.textContent ?? "")?.[1]));
      expect(prices.every((price) => price >= 20 && price <= 25.5)).toBe(true);
    });
    await user.click(screen.getByTestId("clear-filters"));
    await waitFor(() => expect(window.location.hash).toBe("#/products"));
  });

  test("says when nothing matches, and shows everything again", async () => {
    const { user } = renderWindow("/products?q=zzz", await coreHost());
    expect(await screen.findByText("Nothing matches")).toBeInTheDocument();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show all products" }));
    expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
  });

  test("shows the name of its parent beside a variant", async () => {
    const host = await coreHost();
    const page = { sort: "name", descending: false, offset: 0, limit: 1 } as const;
    const filter = { family: "variants" } as const;
    const { rows } = await host.call("products.list", { filter, ...page });
    const { parentName, parentSku } = rows[0] ?? {};
    renderWindow("/products?family=variants", host);
    const [row] = await screen.findAllByTestId("grid-row");
    expect(row).toHaveTextContent(`of ${parentName}`);
    expect(parentName).not.toBe(parentSku);
  });

  test("is sorted by any column that it shows", async () => {
    const host = await coreHost();
    const supplier = { "supplier.code": "ACME", "supplier.name": "Acme" };
    await host.call("suppliers.create", { fields: supplier });
    const sold = {
      "supplier_product.supplier": "ACME",
      "supplier_product.product_sku": "KIT-1001",
    };
    await host.call("supplier_products.create", { fields: sold });
    const { user } = renderWindow("/products", host);
    await screen.findAllByTestId("grid-row");
    await user.click(screen.getByTestId("columns-menu"));
    for (const column of ["Barcode", "Promotion", "RRP", "Cost"]) {
      await user.click(await screen.findByRole("menuitemcheckbox", { name: column }));
    }
    await user.keyboard("{Escape}");
    const headers = screen
      .getAllByRole("columnheader")
      .filter(({ textContent }) => textContent && textContent !== "Image");
    const sorts = screen.getAllByTestId(/^sort-/).map(({ dataset }) => dataset["testid"] ?? "");
    expect(sorts).toHaveLength(headers.length);
    for (const sort of sorts.toReversed()) {
      await user.click(screen.getByTestId(sort));
      await waitFor(() => expect(screen.getByTestId(sort).closest("[aria-sort]")).not.toBeNull());
      expect(screen.queryByTestId("unsorted")).not.toBeInTheDocument();
    }
    await user.click(screen.getByTestId("sort-coverage"));
    await user.click(screen.getByTestId("sort-coverage"));
    await waitFor(() => expect(window.location.hash).toBe("#/products?sort=coverage&desc=1"));
    await waitFor(() => expect(screen.getAllByTestId("grid-row")[0]).toHaveTextContent("KIT-1001"));
  });

  test("is not sorted by what the person may not see", async () => {
    const host = await coreHost({ as: "viewer" });
    const calls = recordCalls(host);
    renderWindow("/products?sort=cost", host);
    expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
    const list = calls.find(({ name }) => name === "products.list");
    expect(list?.request).toMatchObject({ sort: "name" });
  });

  test("says when it cannot be sorted", async () => {
    const host = follow(await coreHost(), {
      "products.list": async (_, real) => ({ ...(await real()), sorted: false }),
      "products.count": () => ({ count: 10_000, exact: false }),
    });
    renderWindow("/products?q=a", host);
    expect(await screen.findByTestId("unsorted")).toBeInTheDocument();
    expect(await screen.findByText("10,000+")).toBeInTheDocument();
  });

  test("moves what is selected to the trash and back", async () => {
    const { user } = renderWindow("/products", await coreHost());
    await user.click(await firstCheckbox());
    await user.click(await screen.findByTestId("trash-selected"));
    expect(await screen.findByText("1 product moved to the trash.")).toBeInTheDocument();
    await user.click(screen.getByTestId("filter-view"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Trash" }));
    await screen.findByRole("heading", { name: /Trash/ });
    await user.click(await firstCheckbox());
    await user.click(await screen.findByTestId("restore-selected"));
    expect(await screen.findByText("The trash is empty")).toBeInTheDocument();
  });
});

test("Undo in the message plans and applies at once, without leaving the list", async () => {
  const host = await coreHost();
  const calls = recordCalls(host);
  const { user } = renderWindow("/products", host);
  await user.click(await firstCheckbox());
  await user.click(await screen.findByTestId("trash-selected"));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Undone.")).toBeInTheDocument();
  expect(calls.filter(({ name }) => name === "plans.apply")).toHaveLength(1);
  expect(await host.call("products.count", { filter: { trashed: true } })).toMatchObject({
    count: 0,
  });
  expect(window.location.hash).toBe("#/products");
});

/** A job that was cancelled before it was done. */
async function cancelledJob(host: CoreHost) {
  const { id } = await openFile(host, "long.csv", supplierFile(5000));
  const started = await host.call("imports.plan", { id });
  await host.call("jobs.cancel", { id: started.job });
  expect(await waitForJob(host, started.job)).toMatchObject({ state: "cancelled" });
  return started;
}

test("Undo in the message leads to what is left when it is stopped", async () => {
  const host = await coreHost();
  const stopped = await cancelledJob(host);
  // One record is written too soon to be stopped by hand.
  follow(host, { "plans.apply": () => stopped });
  const { user } = renderWindow("/products", host);
  await user.click(await firstCheckbox());
  await user.click(await screen.findByTestId("trash-selected"));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/plans\//));
  expect(screen.queryByText("Undone.")).not.toBeInTheDocument();
});

describe("one product", () => {
  test("saves what was changed, and only that", async () => {
    const { user, calls } = await open();
    await expectAccessible(panel());
    fill("field-store_price", "14.50");
    expect(await screen.findByTestId("save-bar")).toHaveTextContent("1 field changed");
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("KIT-1001 saved.")).toBeInTheDocument();
    const update = calls.find(({ name }) => name === "products.update");
    expect(update?.request).toMatchObject({
      version: 1,
      changes: [{ field: "store_price", new: 145_000 }],
    });
    expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
    await user.click(screen.getByTestId("tab-history"));
    await waitFor(() => expect(screen.getByTestId("history")).toHaveTextContent("Store price"));
    await expectAccessible(panel());
  });

  test("says at the field what is wrong, and does not save", async () => {
    const { user, calls } = await open();
    fill("field-store_price", "1O");
    fill("field-name", "");
    expect(await screen.findByText("Name is needed.")).toBeInTheDocument();
    expect(screen.getByText(/"1O" is not a number/)).toBeInTheDocument();
    expect(screen.getByTestId("save-bar")).toHaveTextContent("2 fields changed2 problems");
    await user.keyboard("{Control>}s{/Control}");
    expect(calls.some(({ name }) => name === "products.update")).toBe(false);
  });

  test("keeps what was typed when it is left", async () => {
    const { user, unmount, host } = await open();
    fill("field-subtitle", "Made to last");
    await user.click(screen.getByTestId("close-panel"));
    await waitFor(() => expect(window.location.hash).toBe("#/products"));
    unmount();
    const list = renderWindow("/products?q=KIT-100", host);
    const row = (await screen.findByText("KIT-1001")).closest<HTMLElement>("[role=row]");
    expect(within(row ?? document.body).getByTitle(/^Unsaved draft, /)).toBeInTheDocument();
    expect(screen.getAllByTitle(/^Unsaved draft, /)).toHaveLength(1);
    list.unmount();
    await open("KIT-1001", host);
    expect(screen.getByTestId("field-subtitle")).toHaveValue("Made to last");
    expect(screen.getByTestId("save-bar")).toHaveTextContent("Unsaved draft, ");
  });

  test("takes in what another user saved, and asks where both changed the same", async () => {
    const { user, host, calls } = await open();
    fill("field-store_price", "14.50");
    const ben = await host.another("manager");
    await saveField(ben, "KIT-1001", "store_price", 95_000);
    await saveField(ben, "KIT-1001", "subtitle", "From Ben");

    const conflict = await screen.findByTestId("conflict-store_price");
    await waitFor(() => expect(screen.getByTestId("field-subtitle")).toHaveValue("From Ben"));
    await waitFor(() => expect(conflict).toHaveTextContent("Ben Ode set Store price to “£9.50”."));
    await expectAccessible(panel());
    await user.click(within(conflict).getByRole("button", { name: /Keep yours/ }));
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByText("KIT-1001 saved.");
    const update = calls.find(({ name }) => name === "products.update");
    expect(update?.request).toMatchObject({
      version: 3,
      changes: [{ field: "store_price", old: 95_000, new: 145_000 }],
    });
  });

  test("asks as well when the conflict is only found while saving", async () => {
    const host = await coreHost();
    // The window is not told of what others save.
    host.onEvent = () => () => {};
    const { user } = await open("KIT-1001", host);
    fill("field-store_price", "14.50");
    await saveField(await host.another("manager"), "KIT-1001", "store_price", 95_000);
    await user.keyboard("{Control>}s{/Control}");
    const conflict = await screen.findByTestId("conflict-store_price");
    await user.click(within(conflict).getByRole("button", { name: /Take theirs/ }));
    expect(screen.getByTestId("field-store_price")).toHaveValue("9.50");
    expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
  });

  test("shows its variants and makes another one with their option names", async () => {
    const { user, calls } = await open("KIT-1200");
    await user.click(screen.getByTestId("tab-variants"));
    expect(await screen.findByRole("link", { name: "Open KIT-1200-NAT" })).toBeInTheDocument();
    await expectAccessible(panel());
    await user.click(screen.getByTestId("add-variant"));
    await screen.findByRole("heading", { name: "New variant" });
    await waitFor(() => expect(screen.getByTestId("field-option1_name")).toHaveValue("Colour"));
    fill("field-sku", "KIT-1200-RED");
    fill("field-name", "Apron with pockets, red");
    fill("field-option1_value", "Red");
    await user.click(screen.getByTestId("create-product"));
    expect(await screen.findByText("KIT-1200-RED created.")).toBeInTheDocument();
    const create = calls.find(({ name }) => name === "products.create");
    expect(create?.request).toMatchObject({
      fields: { parent_sku: "KIT-1200", option1_name: "Colour", option1_value: "Red" },
    });
  });

  test("is walked with J and K, and closed with Escape", async () => {
    const { user } = renderWindow("/products", await coreHost());
    const grid = await screen.findByRole("grid");
    await screen.findAllByTestId("grid-row");
    grid.focus();
    await user.keyboard("{Enter}");
    const first = (await screen.findByTestId("panel-title")).textContent;
    const hash = window.location.hash;
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(window.location.hash).not.toBe(hash));
    await user.keyboard("{ArrowUp}");
    await waitFor(() => expect(window.location.hash).toBe(hash));
    grid.blur();
    await user.keyboard("j");
    await waitFor(() => expect(window.location.hash).not.toBe(hash));
    await user.keyboard("jkk");
    await waitFor(() => expect(window.location.hash).toBe(hash));
    await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent(first ?? ""));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("product-panel")).not.toBeInTheDocument());
  });

  test("that is not there is told", async () => {
    renderWindow(`/products/${crypto.randomUUID()}`, await coreHost());
    expect(await screen.findByText("There is no such product any more")).toBeInTheDocument();
  });
});

test("a new product needs a SKU that is not taken", async () => {
  const { user } = renderWindow("/products", await coreHost());
  await screen.findAllByTestId("grid-row");
  await user.keyboard("n");
  await screen.findByRole("heading", { name: "New product" });
  await expectAccessible(panel());
  expect(screen.getByTestId("create-product")).toBeDisabled();
  fill("field-name", "Blue mug");
  fill("field-sku", "KIT-1001");
  expect(await screen.findByText(/has this SKU already/)).toBeInTheDocument();
  fill("field-sku", "KIT-1001-X");
  await waitFor(() => expect(screen.queryByText(/has this SKU/)).not.toBeInTheDocument());
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("KIT-1001-X created.")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Blue mug"));
});

test("home and settings are in order", async () => {
  const { user, host } = renderWindow("/", await coreHost());
  expect(await screen.findByText("Hello, Ada")).toBeInTheDocument();
  await expectAccessible();
  await host.call("products.trash", { ids: [(await productOf(host, "KIT-1001")).id] });
  expect(await screen.findByTestId("fact-trash")).toHaveTextContent("1 moved to the trash");
  await user.click(screen.getByTestId("area-settings"));
  await user.click(await screen.findByRole("radio", { name: "Compact" }));
  expect(document.documentElement.dataset["density"]).toBe("compact");
  await expectAccessible();
});

/** A core in which two products lie in the trash. */
async function hostWithTrash(as: StaffRole = "owner") {
  const host = await coreHost({ as });
  const products = await host.call("products.find", { skus: ["KIT-1001", "KIT-1002"] });
  const path = `/products/${products[0]?.id ?? ""}?trash=1`;
  await host.call("products.trash", { ids: products.map(({ id }) => id) });
  return { host, path };
}

describe("the trash", () => {
  test("is emptied for good after a question that names how many", async () => {
    const { user } = renderWindow("/products?trash=1", (await hostWithTrash()).host);
    await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
    await user.click(screen.getByTestId("select-all"));
    await user.click(await screen.findByTestId("purge-selected"));
    await screen.findByRole("dialog", { name: "Delete 2 products for good?" });
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Delete 2 products for good" }));
    expect(await screen.findByText("The trash is empty")).toBeInTheDocument();
  });

  test("lets one product be deleted for good, by its SKU", async () => {
    const { host, path } = await hostWithTrash();
    const { user } = renderWindow(path, host);
    expect(await screen.findByTestId("reason")).toHaveTextContent("It lies in the trash.");
    await user.click(screen.getByTestId("record-menu"));
    await user.click(await screen.findByTestId("purge-record"));
    await user.click(await screen.findByRole("button", { name: "Delete KIT-1001 for good" }));
    await waitFor(() => expect(screen.queryByTestId("product-panel")).not.toBeInTheDocument());
    expect(screen.getAllByTestId("grid-row")).toHaveLength(1);
  });

  test("keeps what it holds from whoever may not delete for good", async () => {
    const { user } = renderWindow("/products?trash=1", (await hostWithTrash("operator")).host);
    await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
    await user.click(screen.getByTestId("select-all"));
    expect(await screen.findByTestId("restore-selected")).toBeInTheDocument();
    expect(screen.queryByTestId("purge-selected")).not.toBeInTheDocument();
  });
});

test("whoever may only look is told so beside the form", async () => {
  const host = await coreHost({ as: "viewer" });
  renderWindow(await pathOf(host, "KIT-1001"), host);
  expect(await screen.findByTestId("reason")).toHaveTextContent("look at products");
});
