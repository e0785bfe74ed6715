import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import type { ProductRow } from "../../bindings";
import { coreHost } from "../../host/pipe";
import { CommandError } from "../../lib/errors";
import { recordCalls, renderWindow, type Call } from "../../test/render";
import { follow } from "../../test/stubHost";

const writeText = vi.fn((_text: string) => Promise.resolve());

beforeEach(() => {
  writeText.mockClear();
});

/** The row of a catalogue that is larger than any that could be made for a test. */
function rowAt(index: number): ProductRow {
  return {
    id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
    version: 1,
    trashed: false,
    parentSku: null,
    parentName: null,
    variants: 0,
    variantPrices: null,
    sku: `BS-${100_000 + index}`,
    name: `Mug ${index}`,
    brand: "Larkspur",
    category: "Kitchen > Mugs and cups",
    barcode: "",
    mainImage: "",
    active: true,
    stock: index % 90,
    rrp: 149_000,
    cost: 58_000,
    storePrice: 149_000,
    promoPrice: null,
    coverage: "none",
    updatedAt: 0,
    custom: {},
    shops: {},
  };
}

/** So many of a search are counted. */
const COUNTED = 10_000;

async function openList(products: number, path = "/products") {
  const host = follow(await coreHost(), {
    "products.list": ({ offset, limit }) => {
      const length = Math.max(0, Math.min(limit, products - offset));
      return { rows: Array.from({ length }, (_, index) => rowAt(offset + index)), sorted: true };
    },
    "products.count": ({ filter }) =>
      filter.search && products > COUNTED
        ? { count: COUNTED, exact: false }
        : { count: products, exact: true },
  });
  // Nothing changes in it, so that nothing is asked for twice.
  host.onEvent = () => () => {};
  const calls = recordCalls(host);
  const app = renderWindow(path, host);
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  const grid = await screen.findByRole("grid", { name: "Products" });
  await within(grid).findAllByTestId("grid-row");
  return { ...app, grid, calls };
}

const offsets = (calls: Call[]) =>
  calls.filter(({ name }) => name === "products.list").map(({ request }) => request);

const page = (offset: number): unknown => expect.objectContaining({ offset });

test("of a million rows only those on the screen are drawn, and only their page is asked for", async () => {
  const { grid, calls } = await openList(1_000_000);
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("1000001"));
  expect(within(grid).getAllByRole("row").length).toBeLessThan(50);
  expect(offsets(calls)).toEqual([page(0)]);
});

test("the last row is one key away, and its page alone is loaded", async () => {
  const { grid, calls, user } = await openList(1_000_000);
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("1000001"));
  grid.focus();
  await user.keyboard("{Control>}{End}{/Control}");
  await screen.findByText("BS-1099999");
  expect(offsets(calls)).toEqual([page(0), page(999_800)]);
  expect(grid.scrollTop).toBeLessThan(4_000_000);
  await user.keyboard("{Control>}{Home}{/Control}");
  await screen.findByText("BS-100000");
});

test("a list that was counted only so far goes on where its end is seen", async () => {
  const { grid, user } = await openList(12_000, "/products?q=bs");
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("10001"));
  grid.focus();
  await user.keyboard("{Control>}{End}{/Control}");
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("10201"));
  expect(await screen.findByText("10,200+")).toBeInTheDocument();
});

test("keys walk the cells, and the grid says where they are", async () => {
  const { grid, user } = await openList(40);
  grid.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}");
  const active = grid.getAttribute("aria-activedescendant");
  const cell = document.getElementById(active ?? "");
  expect(cell).toHaveAttribute("data-key", "name");
  expect(cell?.closest("[role=row]")).toHaveAttribute("aria-rowindex", "4");
});

test("Space selects a row, Shift and a click select up to another one", async () => {
  const { grid, user } = await openList(40);
  grid.focus();
  await user.keyboard(" ");
  expect(await screen.findByText("1 selected")).toBeInTheDocument();
  const boxes = within(grid).getAllByRole("checkbox", { name: /^Select BS-/ });
  await user.keyboard("{Shift>}");
  await user.click(boxes[4] ?? grid);
  await user.keyboard("{/Shift}");
  expect(await screen.findByText("5 selected")).toBeInTheDocument();
  grid.focus();
  await user.keyboard("{Escape}");
  expect(screen.queryByText("5 selected")).not.toBeInTheDocument();
});

test("all rows are selected at once, those that were never loaded too", async () => {
  const { user } = await openList(640);
  await user.click(screen.getByTestId("select-all"));
  expect(await screen.findByText("640 selected")).toBeInTheDocument();
});

test("more than 5,000 rows are selected as a whole, until the list is another one", async () => {
  const { user, grid } = await openList(6_000);
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("6001"));
  await user.click(screen.getByTestId("select-all"));
  expect(await screen.findByText("All 6,000 selected")).toBeInTheDocument();
  const [first] = within(grid).getAllByRole("checkbox", { name: /^Select BS-/ });
  expect(first).toBeChecked();
  await user.click(first ?? grid);
  expect(await screen.findByText("5,999 selected, all but 1")).toBeInTheDocument();
  expect(first).not.toBeChecked();
  grid.focus();
  await user.keyboard("{Control>}c{/Control}");
  await waitFor(() => expect(writeText).toHaveBeenCalled());
  expect(writeText.mock.calls[0]?.[0].split("\n")).toHaveLength(4_999);
  await user.click(first ?? grid);
  expect(await screen.findByText("All 6,000 selected")).toBeInTheDocument();
  await user.click(screen.getByTestId("sort-sku"));
  await waitFor(() => expect(screen.queryByText("All 6,000 selected")).not.toBeInTheDocument());
});

test("Shift and the arrows select cells, and Ctrl C copies them for a spreadsheet", async () => {
  const { grid, user } = await openList(16);
  grid.focus();
  await user.keyboard("{Shift>}{ArrowDown}{ArrowRight}{ArrowRight}{/Shift}{Control>}c{/Control}");
  await waitFor(() => expect(writeText).toHaveBeenCalled());
  const rows = (writeText.mock.calls[0]?.[0] ?? "").split("\n");
  expect(rows).toHaveLength(2);
  expect(rows[0]?.split("\t")).toHaveLength(2);
  expect(rows[0]).toContain("BS-1");
});

test("selected rows are copied wherever they are, and what is left out is told", async () => {
  const { grid, user } = await openList(12_000);
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("12001"));
  grid.focus();
  await user.keyboard("{Control>}{End}{/Control}");
  const skuAt = (index: number) => {
    const row = grid.querySelector(`[aria-rowindex="${index}"][data-testid=grid-row]`);
    return row?.querySelector("[data-key=sku]")?.textContent ?? "";
  };
  await waitFor(() => expect(skuAt(12_001)).not.toBe(""));
  const last = skuAt(12_001);
  await user.keyboard(" {Control>}c{/Control}");
  await waitFor(() => expect(writeText).toHaveBeenCalledTimes(1));
  expect(writeText.mock.calls[0]?.[0].startsWith(`${last}\t`)).toBe(true);

  await user.keyboard("{Control>}{Home}{/Control}");
  await waitFor(() => expect(skuAt(2)).not.toBe(""));
  await user.keyboard(" {Control>}c{/Control}");
  expect(await screen.findByText(/^1 of 2 rows copied\./)).toBeInTheDocument();
  expect(writeText.mock.calls[1]?.[0].startsWith(`${skuAt(2)}\t`)).toBe(true);
});

test("a header sorts, once up and once down, and the address keeps it", async () => {
  const { user } = await openList(40);
  await user.click(screen.getByTestId("sort-stock"));
  await waitFor(() =>
    expect(screen.getByRole("columnheader", { name: "Stock" })).toHaveAttribute(
      "aria-sort",
      "ascending",
    ),
  );
  await user.click(screen.getByTestId("sort-stock"));
  await waitFor(() => expect(window.location.hash).toContain("sort=stock&desc=1"));
});

test("a hidden column stays hidden, and can be shown again", async () => {
  const { user } = await openList(16);
  await user.click(screen.getByTestId("columns-menu"));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "Brand" }));
  expect(screen.queryByRole("columnheader", { name: "Brand" })).not.toBeInTheDocument();
  expect(localStorage.getItem("backstock.grid.products")).toContain('"brand":false');
});

test("Enter opens the row beside the list", async () => {
  const { grid, user } = await openList(16);
  grid.focus();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(await screen.findByTestId("product-panel")).toBeInTheDocument();
});

/** The cell of a row and column that is drawn. */
function cellAt(grid: HTMLElement, row: number, column: number): HTMLElement {
  const cell = grid.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`);
  if (!cell) throw new Error(`There is no cell ${column} in row ${row}.`);
  return cell;
}

/** The grid that is shown: that of another list may be another element. */
const shown = () => screen.getByTestId("grid");

const ranged = (grid: HTMLElement) => grid.querySelectorAll("[data-range]").length;

test("a drag selects cells, which are copied, and opens nothing", async () => {
  const { grid, user } = await openList(16);
  fireEvent.mouseDown(cellAt(grid, 1, 0), { button: 0 });
  fireEvent.mouseMove(cellAt(grid, 3, 2));
  fireEvent.mouseUp(cellAt(grid, 3, 2));
  fireEvent.click(cellAt(grid, 3, 2), { detail: 1 });
  expect(ranged(grid)).toBe(9);
  fireEvent.mouseMove(cellAt(grid, 8, 2));
  expect(ranged(grid)).toBe(9);
  expect(window.location.hash).toBe("#/products");
  grid.focus();
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("3 rows copied.")).toBeInTheDocument();
  expect(writeText.mock.calls[0]?.[0].split("\n").map((row) => row.split("\t").length)).toEqual([
    2, 2, 2,
  ]);
});

test("a click on the free end of a row opens it, as one on its cells does", async () => {
  const { grid } = await openList(16);
  const row = grid.querySelectorAll("[data-testid=grid-row]")[1];
  if (!row) throw new Error("There is no second row.");
  fireEvent.mouseDown(row, { button: 0 });
  fireEvent.mouseUp(row);
  fireEvent.click(row, { detail: 1 });
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/products\/./));
  expect(document.getElementById(shown().getAttribute("aria-activedescendant") ?? "")).toBe(
    Array.from(row.querySelectorAll("[data-column]")).at(-1),
  );
});

test("what could not be copied is not said to be", async () => {
  const { grid, user, host } = await openList(16);
  host.copyText = () =>
    Promise.reject(new CommandError({ code: "internal", message: "Nothing was copied." }));
  grid.focus();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}");
  expect(await screen.findByText("Nothing was copied.")).toBeInTheDocument();
  expect(screen.queryByText(/rows copied/)).not.toBeInTheDocument();
});

test("the cursor is the list's: in another one it stands nowhere", async () => {
  const { grid, user } = await openList(40);
  grid.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}");
  expect(grid).toHaveAttribute("aria-activedescendant");
  await user.click(screen.getByTestId("sort-stock"));
  await waitFor(() => expect(shown().hasAttribute("aria-activedescendant")).toBe(false));
  await waitFor(() => expect(cellAt(shown(), 1, 0)).toBeInTheDocument());
  expect(ranged(shown())).toBe(0);
  shown().focus();
  await user.keyboard("{ArrowDown}");
  expect(document.getElementById(shown().getAttribute("aria-activedescendant") ?? "")).toBe(
    cellAt(shown(), 1, 0),
  );
});
