import { describe, expect, inject, it } from "vitest";

import { fieldColumns } from "./columns";

const KINDS = inject("kinds");
const products = KINDS.filter(({ key }) => key === "product");
const suppliers = KINDS.filter(({ key }) => key === "supplier");
const seenByStaff = products.map((kind) => ({
  ...kind,
  fields: kind.fields.filter(({ key }) => key !== "cost"),
}));

describe("the columns of a review", () => {
  it("are the changed fields in the catalogue's order, whatever order they came in", () => {
    const shown = fieldColumns(["store_price", "brand"], products);
    expect(shown.map((column) => column.field)).toEqual(["brand", "store_price"]);
  });

  it("leave code and name to the columns that identify a record", () => {
    expect(fieldColumns(["sku", "name", "stock"], products)).toMatchObject([
      { field: "stock", numeric: true },
    ]);
    const changed = ["supplier.code", "supplier.name", "supplier.phone"];
    expect(fieldColumns(changed, suppliers)).toMatchObject([
      { field: "supplier.phone", label: "Phone" },
    ]);
  });

  it("ignore a field that this person may not see", () => {
    expect(fieldColumns(["cost"], seenByStaff)).toEqual([]);
  });
});
