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

  it("are wide enough for both amounts of a change, whatever the width they begin with", () => {
    const change = { field: "store_price", old: 12_345_678_900, new: 145_000 };
    const record = plannedRecord({ changes: [change] });
    const columns = reviewColumns(
      { origin: "import", kinds: products, changedFields: ["store_price", "description"] },
      null,
    );
    const whole = (key: string) => columns.find((column) => column.key === key)?.whole?.(record);
    expect(whole("store_price")).toBe("1,234,567.89 → 14.50");
    expect(whole("description"), "running text may be cut").toBeUndefined();
  });

  it("ignore a field that this person may not see", () => {
    expect(fieldColumns(["cost"], seenByStaff)).toEqual([]);
  });
});
