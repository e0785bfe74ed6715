import { describe, expect, it } from "vitest";
import type { Field, FieldInfo, FieldKind } from "../../bindings";
import { fieldColumns } from "./columns";

const info = (key: Field, kind: FieldKind): FieldInfo => ({
  key,
  label: key,
  kind,
  help: "",
  maxChars: 0,
  choices: [],
  filterable: false,
  code: key,
});
const fields = [
  info("sku", "code"),
  info("name", "text"),
  info("brand", "text"),
  info("stock", "integer"),
  info("store_price", "money"),
];

describe("the columns of a review", () => {
  it("are the changed fields in the catalogue's order, whatever order they came in", () => {
    const shown = fieldColumns(["store_price", "brand"], fields);
    expect(shown.map((column) => column.field)).toEqual(["brand", "store_price"]);
  });

  it("leave SKU and name to the columns that identify a record", () => {
    expect(fieldColumns(["sku", "name", "stock"], fields)).toMatchObject([
      { field: "stock", numeric: true },
    ]);
  });

  it("ignore a field that this person may not see", () => {
    expect(fieldColumns(["cost"], fields)).toEqual([]);
  });
});
