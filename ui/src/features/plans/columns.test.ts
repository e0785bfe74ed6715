import { describe, expect, inject, it } from "vitest";

import { plannedRecord } from "../../test/plannedRecord";
import { fieldColumns } from "./columns";
import { reviewColumns } from "./reviewColumns";

const KINDS = inject("kinds");
const products = KINDS.filter(({ key }) => key === "product");
const suppliers = KINDS.filter(({ key }) => key === "supplier");
const seenByStaff = products.map((kind) => ({
  ...kind,
  fields: kind.fields.filter(({ key }) => key !== "cost"),
}));

describe("the columns of a review", () => {
  it("are the changed fields in the catalogue's order, amounts first", () => {
    const shown = fieldColumns(["category", "store_price", "brand", "stock"], products);
    expect(shown.map((column) => column.field)).toEqual([
      "stock",
      "store_price",
      "brand",
      "category",
    ]);
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

  it("have what a code is made of at their end", () => {
    const sold = KINDS.filter(({ key }) => key === "supplier_product");
    const changed = ["supplier_product.supplier", "supplier_product.cost"];
    expect(fieldColumns(changed, sold).map(({ field }) => field)).toEqual(changed.toReversed());
  });

  it("are wide enough for both amounts of a change, whatever the width they begin with", () => {
    const change = { field: "store_price", old: 12_345_678_900, new: 145_000 };
    const record = plannedRecord({ changes: [change] });
    const columns = reviewColumns(
      { origin: "import", kinds: products, changedFields: ["store_price", "description"] },
      null,
    );
    const whole = (key: string) => columns.find((column) => column.key === key)?.whole?.(record);
    expect(whole("store_price")).toBe("1,234,567.89 → 14.50");
    expect(whole("description"), "running text may be cut").toBe("");
  });

  it("are as wide as what they show, and never cut what another shop calls a product", () => {
    const sold = KINDS.filter(({ key }) => key === "supplier_product");
    const sku = {
      field: "supplier_product.supplier_sku",
      old: "KILN-KIT-1001",
      new: "KILN-KIT-1001-A",
    };
    const title = { field: "supplier_product.supplier_name", old: "Mug", new: "Mug of stoneware" };
    const kind = "supplier_product";
    const record = plannedRecord({ kind, outcome: "update", title: "Mug", changes: [sku, title] });
    const changedFields = [sku.field, title.field];
    const plan = { origin: "import" as const, kinds: sold, changedFields };
    const columns = reviewColumns(plan, null);
    const column = (key: string) => columns.find((each) => each.key === key);
    expect(column(sku.field)?.whole?.(record)).toBe("KILN-KIT-1001 → KILN-KIT-1001-A");
    expect(column("name")?.fits?.(record)).toBe("Mug → Mug of stoneware");
    const words = { ...record, changes: [{ ...sku, new: "on request" }] };
    expect(column(sku.field)?.whole?.(words), "what is no code may be cut").toBe("");
    const nothing = { ...record, changes: [{ ...sku, new: "" }] };
    expect(column(sku.field)?.fits?.(nothing)).toBe("KILN-KIT-1001 → empty");
  });

  it("ignore a field that this person may not see", () => {
    expect(fieldColumns(["cost"], seenByStaff)).toEqual([]);
  });
});
