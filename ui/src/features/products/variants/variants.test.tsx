import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { readToasts } from "../../../components/toast";
import { coreHost, productOf, type CoreHost } from "../../../host/pipe";
import { textOf, valueIn } from "../../../lib/values";
import { expectAccessible, recordCalls, renderWindow } from "../../../test/render";

/** A T-shirt with so many sizes. */
async function makeFamily(host: CoreHost, sizes: string[]) {
  const fields = { sku: "TEE", name: "T-shirt", store_price: 199_500, stock: 12 };
  const { record } = await host.call("products.create", { fields });
  if (sizes.length > 0) {
    const options = [{ name: "Size", values: sizes }];
    await host.call("products.generate_variants", { id: record.id, options, copyStock: false });
  }
  return record.id;
}

/** A T-shirt with so many sizes, and its tab of variants. */
async function openFamily(sizes: string[]) {
  const host = await coreHost();
  const id = await makeFamily(host, sizes);
  const calls = recordCalls(host);
  const app = renderWindow(`/products/${id}`, host);
  await app.user.click(await screen.findByTestId("tab-variants"));
  return { ...app, id, calls };
}

const grid = () => screen.findByRole("grid", { name: "Variants" });

/** Puts the cursor on a cell. */
async function goTo(sku: string, column: string) {
  const [row] = await within(await grid()).findAllByText(sku);
  const cell = row?.closest("[data-row]")?.querySelector(`[data-key=${column}]`);
  if (!cell) throw new Error(`There is no ${column} of ${sku}.`);
  fireEvent.mouseDown(cell, { button: 0 });
  fireEvent.mouseUp(cell);
  (await grid()).focus();
}

async function saved(host: CoreHost, sku: string, field: string) {
  return valueIn((await productOf(host, sku)).fields, field);
}

async function skus(host: CoreHost, id: string) {
  const { variants } = await host.call("products.variants", { id });
  return variants.map(({ fields }) => textOf(fields, "sku"));
}

test("a cell is typed into, and Tab and Enter go on", async () => {
  const { host, user } = await openFamily(["S", "M", "L"]);
  expect(await screen.findByTestId("family-facts")).toHaveTextContent(
    "3 variants · 0 in stock · £19.95",
  );
  await goTo("TEE-S", "stock");
  await user.keyboard("5{Tab}");
  await user.keyboard("21.5{Enter}");
  await waitFor(async () => expect(await saved(host, "TEE-S", "store_price")).toBe(215_000));
  expect(await saved(host, "TEE-S", "stock")).toBe(5);
  // Enter went on to the cell below; F2 opens it, and Escape leaves it as it was.
  await user.keyboard("{F2}");
  const input = await screen.findByTestId("cell-input");
  expect(input).toHaveValue("19.95");
  await user.keyboard("99{Escape}");
  expect(await grid()).toHaveFocus();
  expect(await saved(host, "TEE-M", "store_price")).toBe(199_500);
  await waitFor(() =>
    expect(screen.getByTestId("family-facts")).toHaveTextContent("£19.95 – £21.50"),
  );
  await expectAccessible();
});

test("a block from a spreadsheet fills cells as one batch, and what is refused stays in its cell", async () => {
  const { host, user, calls } = await openFamily(["S", "M", "L"]);
  await goTo("TEE-S", "stock");
  await user.paste("1\t£10.00\n2\tmuch\n-3\t-1\n9\t9\n");
  await waitFor(async () => expect(await saved(host, "TEE-M", "stock")).toBe(2));
  expect(await saved(host, "TEE-S", "store_price")).toBe(100_000);
  expect(calls.filter(({ name }) => name === "products.update_many")).toHaveLength(1);
  const told = readToasts().history.map(({ message }) => message);
  expect(told).toContain("The table ends there: 1 row of what you pasted had no place.");
  const refused = await screen.findAllByTestId("refused-cell");
  expect(refused.map((cell) => cell.textContent)).toEqual([
    expect.stringContaining("much"),
    expect.stringContaining("-1"),
  ]);
  expect(screen.getByTestId("refused-cells")).toHaveTextContent("TEE-M, Store price:");
  expect(await saved(host, "TEE-L", "stock")).toBe(-3);
  // What was typed is still there to be mended.
  await goTo("TEE-M", "store_price");
  await user.keyboard("{Enter}");
  expect(await screen.findByTestId("cell-input")).toHaveValue("much");
  await user.clear(screen.getByTestId("cell-input"));
  await user.keyboard("12{Enter}");
  await waitFor(async () => expect(await saved(host, "TEE-M", "store_price")).toBe(120_000));
  await user.click(screen.getByRole("button", { name: "Drop what is not saved" }));
  expect(screen.queryByTestId("refused-cell")).not.toBeInTheDocument();
});

test("what another person saved while a cell was open is told, and replaced only when asked for again", async () => {
  const { host, user } = await openFamily(["S", "M"]);
  await goTo("TEE-S", "stock");
  await user.keyboard("{F2}{Backspace}41");
  const { id, version } = await productOf(host, "TEE-S");
  const change = { field: "stock", old: 0, new: 55 };
  await host.call("products.update_many", { records: [{ id, version, changes: [change] }] });
  await waitFor(() => expect(screen.getByTestId("family-facts")).toHaveTextContent("55 in stock"));
  await user.keyboard("{Enter}");
  expect(await screen.findByTestId("refused-cells")).toHaveTextContent(
    "TEE-S, Stock on hand: It became 55 meanwhile. Enter it again to replace that.",
  );
  expect(await saved(host, "TEE-S", "stock")).toBe(55);
  await user.keyboard("{ArrowUp}{Enter}{Enter}");
  await waitFor(async () => expect(await saved(host, "TEE-S", "stock")).toBe(41));
  expect(screen.queryByTestId("refused-cells")).not.toBeInTheDocument();
});

test("a cell that is typed into again before it was read anew is one's own", async () => {
  const { host, user } = await openFamily(["S", "M"]);
  await goTo("TEE-S", "stock");
  await user.keyboard("5{Enter}{ArrowUp}6{Enter}{ArrowUp}7{Enter}");
  await waitFor(async () => expect(await saved(host, "TEE-S", "stock")).toBe(7));
  expect(screen.queryByTestId("refused-cells")).not.toBeInTheDocument();
});

test("a SKU that is taken is told at its cell", async () => {
  const { host, user } = await openFamily(["S", "M"]);
  await goTo("TEE-S", "sku");
  await user.keyboard("TEE-M{Enter}");
  expect(await screen.findByTestId("refused-cells")).toHaveTextContent("has this SKU already");
  // Enter went on to the cell below.
  await user.keyboard("{ArrowUp}{Escape}");
  await waitFor(() => expect(screen.queryByTestId("refused-cells")).not.toBeInTheDocument());
  expect(await saved(host, "TEE-S", "sku")).toBe("TEE-S");
});

test("variants are put into another order by Alt and arrows, as one batch", async () => {
  const { host, user, id, calls } = await openFamily(["S", "M", "L"]);
  await goTo("TEE-L", "sku");
  await user.keyboard("{Alt>}{ArrowUp}{ArrowUp}{ArrowUp}{/Alt}");
  await waitFor(async () => expect(await skus(host, id)).toEqual(["TEE-L", "TEE-S", "TEE-M"]));
  expect(calls.filter(({ name }) => name === "products.order_variants")).toHaveLength(1);
});

test("all combinations are planned as they are typed, changed, and made", async () => {
  const { host, user, id } = await openFamily([]);
  await user.click(await screen.findByTestId("generate-variants"));
  await user.type(await screen.findByTestId("option-name-1"), "Colour");
  await user.type(screen.getByTestId("option-values-1"), "Red{Enter}Blue,");
  await user.click(screen.getByTestId("add-option"));
  await user.type(screen.getByTestId("option-name-2"), "Size");
  await user.type(screen.getByTestId("option-values-2"), "S{Enter}M{Enter}");
  await waitFor(() => expect(screen.getByTestId("plan-counts")).toHaveTextContent("4 to create"));
  expect(screen.getByTestId("sku-pattern")).toHaveValue("{sku}-{colour:upper}-{size:upper}");
  await expectAccessible();
  fireEvent.change(screen.getByTestId("sku-pattern"), { target: { value: "{sku}-{size}" } });
  await waitFor(() =>
    expect(screen.getByTestId("plan-counts")).toHaveTextContent("2 cannot be created"),
  );
  expect(screen.getByTestId("create-variants")).toBeDisabled();
  fireEvent.change(screen.getByTestId("sku-pattern"), {
    target: { value: "{sku}-{colour:1}{size}" },
  });
  await screen.findByText("TEE-RS");
  await user.click(screen.getByRole("checkbox", { name: "Select Blue / M" }));
  await waitFor(() => expect(screen.getByTestId("plan-counts")).toHaveTextContent("1 left out"));
  const cell = screen.getByText("TEE-RM");
  await user.dblClick(cell);
  await user.clear(await screen.findByTestId("cell-input"));
  await user.keyboard("TEE-X{Enter}");
  await screen.findByText("TEE-X");
  await waitFor(() => expect(screen.getByTestId("create-variants")).toBeEnabled());
  await user.click(screen.getByTestId("create-variants"));
  await waitFor(async () => expect(await skus(host, id)).toEqual(["TEE-RS", "TEE-X", "TEE-BS"]));
  await screen.findByText("3 variants created.");
});

test("an option and its values are renamed over the family", async () => {
  const { host, user, id } = await openFamily(["S", "M"]);
  await user.click(await screen.findByTestId("rename-options"));
  const option = await screen.findByTestId("rename-Size");
  await user.clear(option);
  await user.type(option, "Fit{Enter}");
  await screen.findByTestId("rename-Fit");
  const value = screen.getByTestId("rename-S");
  await user.clear(value);
  await user.type(value, "m{Enter}");
  expect(await screen.findByText(/would both be Fit M/)).toBeInTheDocument();
  await user.clear(value);
  await user.type(value, "Slim{Enter}");
  await waitFor(async () => {
    const { options } = await host.call("products.variants", { id });
    expect(options).toEqual([{ name: "Fit", values: ["Slim", "M"] }]);
  });
});

test("a single product becomes the first variant of a new one, and moves out again", async () => {
  const host = await coreHost();
  const fields = { sku: "POLO", name: "Polo", stock: 4 };
  const { record } = await host.call("products.create", { fields });
  const { user } = renderWindow(`/products/${record.id}`, host);
  await user.click(await screen.findByTestId("record-menu"));
  await user.click(await screen.findByTestId("make-parent"));
  await user.type(await screen.findByTestId("parent-sku"), "POLOS");
  await user.click(screen.getByTestId("confirm-make-parent"));
  expect(await screen.findByText(/POLO needs an option/)).toBeInTheDocument();
  await user.type(screen.getByTestId("pair-name-1"), "Size");
  await user.type(screen.getByTestId("pair-value-1"), "M{Enter}");
  await screen.findByText("2 products changed.");
  expect(await saved(host, "POLOS", "stock")).toBe(4);
  await user.click(screen.getByTestId("record-menu"));
  await user.click(await screen.findByTestId("move-out"));
  await waitFor(async () => expect(await saved(host, "POLO", "parent_sku")).toBeNull());
});

test("a product moves under another one, whose options are asked for", async () => {
  const { host, user } = await openFamily(["S", "M"]);
  const { record } = await host.call("products.create", { fields: { sku: "HAT", name: "Hat" } });
  window.location.hash = `#/products/${record.id}`;
  await screen.findByRole("heading", { name: "Hat" });
  await user.click(screen.getByTestId("record-menu"));
  await user.click(await screen.findByTestId("move-to-parent"));
  await user.type(await screen.findByTestId("parent-sku"), "TEE");
  await user.click(screen.getByTestId("pair-value-1"));
  await waitFor(() => expect(screen.getByTestId("pair-name-1")).toHaveValue("Size"));
  await user.type(screen.getByTestId("pair-value-1"), "m{Enter}");
  expect(await screen.findByText(/HAT would be Size m, as TEE-M of TEE is/)).toBeInTheDocument();
  await expectAccessible();
  await user.clear(screen.getByTestId("pair-value-1"));
  await user.type(screen.getByTestId("pair-value-1"), "L{Enter}");
  await waitFor(async () => expect(await saved(host, "HAT", "parent_sku")).toBe("TEE"));
});

test("several products move under another one together, and what is in the way stands at each", async () => {
  const host = await coreHost();
  await makeFamily(host, ["S", "M"]);
  for (const sku of ["CAP-1", "CAP-2"]) {
    await host.call("products.create", { fields: { sku, name: `Cap ${sku}` } });
  }
  const { user } = renderWindow("/products?q=cap", host);
  await user.click(await screen.findByRole("checkbox", { name: "Select CAP-1" }));
  await user.click(screen.getByRole("checkbox", { name: "Select CAP-2" }));
  await user.click(screen.getByTestId("move-selected"));
  await user.type(await screen.findByTestId("parent-sku"), "TEE");
  await user.tab();
  await user.type(await screen.findByLabelText("Size of CAP-1"), "L");
  await user.type(screen.getByLabelText("Size of CAP-2"), "l{Enter}");
  expect(await screen.findAllByText(/CAP-2 would be Size l, as CAP-1 of TEE is/)).not.toHaveLength(
    0,
  );
  await expectAccessible();
  await user.clear(screen.getByLabelText("Size of CAP-2"));
  await user.type(screen.getByLabelText("Size of CAP-2"), "XL{Enter}");
  await screen.findByText("2 products changed.");
  expect(await saved(host, "CAP-1", "parent_sku")).toBe("TEE");
  expect(await saved(host, "CAP-2", "option1_value")).toBe("XL");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(async () => expect(await saved(host, "CAP-2", "parent_sku")).toBeNull());
  expect(await saved(host, "CAP-1", "parent_sku")).toBeNull();
});

test("each value of an option has a picture, which all its variants get in one batch", async () => {
  const { host, user, id } = await openFamily(["S", "M"]);
  const image = "https://pictures.test/front.jpg The front";
  const { product } = await host.call("products.get", { id });
  const changes = [{ field: "main_image", old: null, new: image }];
  await host.call("products.update", { id, version: product.version, changes });
  await user.click(await screen.findByTestId("option-pictures-open"));
  await user.click(await screen.findByRole("button", { name: "Picture 1 of the product for M" }));
  await expectAccessible();
  await user.click(screen.getByTestId("save-pictures"));
  await screen.findByText("1 variant saved.");
  expect(await saved(host, "TEE-M", "main_image")).toBe(image);
  expect(await saved(host, "TEE-S", "main_image")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(async () => expect(await saved(host, "TEE-M", "main_image")).toBeNull());
});
