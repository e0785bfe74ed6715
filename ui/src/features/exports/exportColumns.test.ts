import { describe, expect, inject, it } from "vitest";

import { chosenColumns, exportable, exportName, keepLeftOut, readLeftOut } from "./exportColumns";

const FIELDS = inject("fields");

describe("the columns of an export", () => {
  it("are all of them, said shortly, when nothing is left out", () => {
    expect(chosenColumns(FIELDS, new Set())).toBeNull();
  });

  it("keep their reading order and always have the SKU", () => {
    const leftOut = new Set(FIELDS.map(({ key }) => key));
    leftOut.delete("stock");
    leftOut.delete("name");
    expect(chosenColumns(FIELDS, leftOut)).toEqual(["sku", "name", "stock"]);
  });

  it("have costs only for people who may see them", () => {
    expect(exportable(FIELDS, false).map(({ key }) => key)).not.toContain("cost");
    expect(exportable(FIELDS, true)).toHaveLength(FIELDS.length);
  });

  it("are remembered, and broken memory is no memory", () => {
    keepLeftOut(new Set(["tags"]));
    expect([...readLeftOut()]).toEqual(["tags"]);
    localStorage.setItem("backstock.export-columns", "{");
    expect(readLeftOut().size).toBe(0);
  });
});

it("the file is named after the day", () => {
  expect(exportName(new Date(2026, 1, 3))).toBe("products 2026-02-03.csv");
});
