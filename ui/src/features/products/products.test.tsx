import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { recordBatch } from "../../host/fake/journal";
import { valueIn } from "../../lib/values";
import { expectAccessible, fill, recordCalls, renderApp } from "../../test/render";

const open = async (path = "/products/p4", host = fakeHost()) => {
  const calls = recordCalls(host);
  const app = renderApp(path, {}, host);
  await screen.findByTestId("field-name");
  return { ...app, calls };
};

const panel = () => screen.getByTestId("product-panel");

async function firstCheckbox(): Promise<HTMLElement> {
  const [box] = await screen.findAllByRole("checkbox", { name: /^Select BS-/ });
  if (!box) throw new Error("No row can be selected.");
  return box;
}

describe("the list", () => {
  test("is searched and filtered, and its address says how", async () => {
    const { user } = renderApp("/products");
    await screen.findAllByTestId("grid-row");
    await expectAccessible();
    await user.keyboard("/");
    expect(screen.getByTestId("product-search")).toHaveFocus();
    await user.keyboard("mug");
    await waitFor(() => expect(window.location.hash).toContain("q=mug"));
    await waitFor(() => expect(screen.queryByText("Classic Bread knife")).not.toBeInTheDocument());
    await user.click(screen.getByTestId("filter-stock"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Out of stock" }));
    await waitFor(() => expect(window.location.hash).toContain("stock=out_of_stock"));
    await user.click(screen.getByTestId("clear-filters"));
    await waitFor(() => expect(window.location.hash).toBe("#/products?q=mug"));
  });

  test("offers the brands with how many products have each", async () => {
    const { user } = renderApp("/products");
    await screen.findAllByTestId("grid-row");
    await user.click(screen.getByTestId("filter-brand"));
    const box = await screen.findByRole("checkbox", { name: /Alder/ });
    await expectAccessible();
    await user.click(box);
    await waitFor(() => expect(window.location.hash).toContain("brand=Alder"));
    expect(screen.getByTestId("filter-brand")).toHaveTextContent("Brand: Alder");
  });

  test("says when nothing matches, and shows everything again", async () => {
    const { user } = renderApp("/products?q=zzz");
    expect(await screen.findByText("Nothing matches")).toBeInTheDocument();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show all products" }));
    expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
  });

  test("says when it cannot be sorted", async () => {
    renderApp("/products?q=bs", { products: 12_000 });
    expect(await screen.findByTestId("unsorted")).toBeInTheDocument();
    expect(await screen.findByText("10,000+")).toBeInTheDocument();
  });

  test("moves what is selected to the trash and back", async () => {
    const { user } = renderApp("/products");
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
  const host = fakeHost();
  const calls = recordCalls(host);
  const { user } = renderApp("/products", {}, host);
  await user.click(await firstCheckbox());
  await user.click(await screen.findByTestId("trash-selected"));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Undone.")).toBeInTheDocument();
  const plan = host.world.jobs.find((job) => job.kind === "plan_undo")?.plan;
  expect(calls.find(({ name }) => name === "plans.apply")?.request).toEqual({ id: plan });
  expect(window.location.hash).toBe("#/products");
});

test("Undo in the message leads to what is left when it is stopped", async () => {
  const host = fakeHost();
  const { user } = renderApp("/products", {}, host);
  await user.click(await firstCheckbox());
  await user.click(await screen.findByTestId("trash-selected"));
  const call = host.call.bind(host);
  host.call = async (name, request) => {
    const response = await call(name, request);
    if (name === "plans.apply") {
      const job = host.world.jobs.find(({ kind }) => kind === "apply_plan");
      await call("jobs.cancel", { id: job?.id ?? 0 });
    }
    return response;
  };
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
    expect(await screen.findByText("BS-100004 saved.")).toBeInTheDocument();
    const update = calls.find(({ name }) => name === "products.update");
    expect(update?.request).toMatchObject({
      id: "p4",
      version: 1,
      changes: [{ field: "store_price", new: 145_000 }],
    });
    expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
    await user.click(screen.getByTestId("tab-history"));
    expect(await screen.findByTestId("history")).toHaveTextContent("Store price");
    await expectAccessible(panel());
  });

  test("says at the field what is wrong, and does not save", async () => {
    const { user, calls } = await open();
    fill("field-store_price", "1O");
    fill("field-name", "");
    expect(await screen.findByText("A name is needed.")).toBeInTheDocument();
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
    await open("/products/p4", host);
    expect(screen.getByTestId("field-subtitle")).toHaveValue("Made to last");
    expect(screen.getByTestId("save-bar")).toHaveTextContent("Unsaved draft, ");
  });

  test("takes in what somebody else saved, and asks where both changed the same", async () => {
    const { user, host, calls } = await open();
    fill("field-store_price", "14.50");
    const product = host.world.catalog.get("p4");
    if (!product) throw new Error("The product is gone.");
    const theirs = { ...product.fields, store_price: 95_000, subtitle: "From Vic" };
    const changed = { ...product, version: 2, fields: theirs };
    host.world.catalog.put(changed);
    const change = {
      field: "store_price" as const,
      old: valueIn(product.fields, "store_price"),
      new: 95_000,
    };
    recordBatch(
      host.world,
      "form",
      "BS-100004",
      [{ product: changed, operation: "update", changes: [change] }],
      "Vic",
    );

    const conflict = await screen.findByTestId("conflict-store_price");
    await waitFor(() => expect(conflict).toHaveTextContent("Vic set Store price to “£9.50”."));
    expect(screen.getByTestId("field-subtitle")).toHaveValue("From Vic");
    await expectAccessible(panel());
    await user.click(within(conflict).getByRole("button", { name: /Keep yours/ }));
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByText("BS-100004 saved.");
    const update = calls.find(({ name }) => name === "products.update");
    expect(update?.request).toMatchObject({
      version: 2,
      changes: [{ field: "store_price", old: 95_000, new: 145_000 }],
    });
  });

  test("asks as well when the conflict is only found while saving", async () => {
    const { user, host } = await open();
    fill("field-store_price", "14.50");
    const product = host.world.catalog.get("p4");
    if (!product) throw new Error("The product is gone.");
    const theirs = { ...product.fields, store_price: 95_000 };
    host.world.catalog.put({ ...product, version: 2, fields: theirs });
    await user.keyboard("{Control>}s{/Control}");
    const conflict = await screen.findByTestId("conflict-store_price");
    await user.click(within(conflict).getByRole("button", { name: /Take theirs/ }));
    expect(screen.getByTestId("field-store_price")).toHaveValue("9.50");
    expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
  });

  test("shows its variants and makes another one with their option names", async () => {
    const { user, calls } = await open("/products/p8");
    await user.click(screen.getByTestId("tab-variants"));
    expect(await screen.findByText("BS-100008-BLA", { selector: "a" })).toBeInTheDocument();
    await expectAccessible(panel());
    await user.click(screen.getByTestId("add-variant"));
    await screen.findByRole("heading", { name: "New variant" });
    await waitFor(() => expect(screen.getByTestId("field-option1_name")).toHaveValue("Colour"));
    fill("field-sku", "BS-100008-RED");
    fill("field-name", "Canvas tote red");
    fill("field-option1_value", "Red");
    await user.click(screen.getByTestId("create-product"));
    expect(await screen.findByText("BS-100008-RED created.")).toBeInTheDocument();
    const create = calls.find(({ name }) => name === "products.create");
    expect(create?.request).toMatchObject({
      fields: { parent_sku: "BS-100008", option1_name: "Colour", option1_value: "Red" },
    });
  });

  test("is walked with J and K, and closed with Escape", async () => {
    const { user } = renderApp("/products", { products: 24 });
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
    renderApp("/products/gone");
    expect(await screen.findByText("The product could not be read")).toBeInTheDocument();
  });
});

test("a new product needs a SKU that is not taken", async () => {
  const { user } = renderApp("/products");
  await screen.findAllByTestId("grid-row");
  await user.keyboard("n");
  await screen.findByRole("heading", { name: "New product" });
  await expectAccessible(panel());
  expect(screen.getByTestId("create-product")).toBeDisabled();
  fill("field-name", "Blue mug");
  fill("field-sku", "BS-100004");
  expect(await screen.findByText(/BS-100004 is taken/)).toBeInTheDocument();
  fill("field-sku", "BS-100004-X");
  await waitFor(() => expect(screen.queryByText(/is taken/)).not.toBeInTheDocument());
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("BS-100004-X created.")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Blue mug"));
});

test("home and settings are in order", async () => {
  const { user, host } = renderApp("/");
  expect(await screen.findByText("Hello, Ada")).toBeInTheDocument();
  await expectAccessible();
  await host.call("products.trash", { ids: ["p4"] });
  expect(await screen.findByTestId("fact-updated")).toHaveTextContent("1 trashed");
  await user.click(screen.getByTestId("area-settings"));
  await user.click(await screen.findByRole("radio", { name: "Compact" }));
  expect(document.documentElement.dataset["density"]).toBe("compact");
  await expectAccessible();
});

/** A host in which two products lie in the trash. */
async function hostWithTrash(role: "owner" | "operator" = "owner") {
  const host = fakeHost({ role });
  await host.call("products.trash", { ids: ["p4", "p5"] });
  return host;
}

describe("the trash", () => {
  test("is emptied for good after a question that names how many", async () => {
    const { user } = renderApp("/products?trash=1", {}, await hostWithTrash());
    await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
    await user.click(screen.getByTestId("select-all"));
    await user.click(await screen.findByTestId("purge-selected"));
    await screen.findByRole("dialog", { name: "Delete 2 products for good?" });
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Delete 2 products for good" }));
    expect(await screen.findByText("The trash is empty")).toBeInTheDocument();
  });

  test("lets one product be deleted for good, by its SKU", async () => {
    const { user } = renderApp("/products/p4?trash=1", {}, await hostWithTrash());
    expect(await screen.findByTestId("reason")).toHaveTextContent("It lies in the trash.");
    await user.click(screen.getByTestId("product-menu"));
    await user.click(await screen.findByTestId("purge-product"));
    await user.click(await screen.findByRole("button", { name: "Delete BS-100004 for good" }));
    await waitFor(() => expect(screen.queryByTestId("product-panel")).not.toBeInTheDocument());
    expect(screen.getAllByTestId("grid-row")).toHaveLength(1);
  });

  test("keeps what it holds from whoever may not delete for good", async () => {
    const { user } = renderApp("/products?trash=1", {}, await hostWithTrash("operator"));
    await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
    await user.click(screen.getByTestId("select-all"));
    expect(await screen.findByTestId("restore-selected")).toBeInTheDocument();
    expect(screen.queryByTestId("purge-selected")).not.toBeInTheDocument();
  });
});

test("whoever may only look is told so beside the form", async () => {
  renderApp("/products/p4", { role: "viewer" });
  expect(await screen.findByTestId("reason")).toHaveTextContent("look at products");
});
