import { describe, expect, inject, it } from "vitest";

import {
  chosenColumns,
  exportColumns,
  exportName,
  keepLeftOut,
  readLeftOut,
} from "./exportColumns";

const columnsOf = (kind: string) => {
  const info = inject("kinds").find(({ key }) => key === kind);
  if (!info) throw new Error(`There is no kind ${kind}.`);
  return exportColumns(info);
};
const PRODUCT = columnsOf("product");

describe("the columns of an export", () => {
  it("are all of them, said shortly, when nothing is left out", () => {
    expect(chosenColumns(PRODUCT, new Set())).toBeNull();
  });

  it("keep their reading order and always have what identifies a record", () => {
    const leftOut = new Set(PRODUCT.fields.map(({ key }) => key));
    leftOut.delete("stock");
    leftOut.delete("name");
    expect(chosenColumns(PRODUCT, leftOut)).toEqual(["sku", "name", "stock"]);
    const sold = columnsOf("supplier_product");
    expect(chosenColumns(sold, new Set(sold.fields.map(({ key }) => key)))).toEqual([
      "supplier_product.supplier",
      "supplier_product.product_sku",
    ]);
  });

  it("have no code that is made of others", () => {
    const keys = columnsOf("supplier_product").fields.map(({ key }) => key);
    expect(keys).not.toContain("supplier_product.code");
    expect(keys).toContain("supplier_product.cost");
  });

  it("are remembered by kind, and broken memory is no memory", () => {
    keepLeftOut("product", new Set(["tags"]));
    expect([...readLeftOut("product")]).toEqual(["tags"]);
    expect(readLeftOut("supplier").size).toBe(0);
    localStorage.setItem("backstock.export-columns.product", "{");
    expect(readLeftOut("product").size).toBe(0);
  });
});

it("the file is named after what it holds and the day", () => {
  expect(exportName("products", new Date(2026, 1, 3))).toBe("products 2026-02-03.csv");
});
