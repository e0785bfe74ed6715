import { expect, inject, test } from "vitest";

import { blankFields } from "../../../lib/kinds";
import { variantOf } from "./variant";

const KINDS = inject("kinds");
const BLANK = Object.assign({}, ...KINDS.filter(({ key }) => key === "product").map(blankFields));

const PARENT = {
  ...BLANK,
  sku: "TEE",
  name: "T-shirt",
  brand: "BrandX",
  category: "Clothes > Shirts",
  barcode: "4006381333931",
  store_price: 240_000,
  stock: 150,
};

test("a new variant has its parent's values, and nothing that must be its own", () => {
  expect(variantOf(BLANK, PARENT, null)).toEqual({
    ...PARENT,
    sku: null,
    barcode: null,
    stock: 0,
    parent_sku: "TEE",
  });
});

test("the options of a sibling name those of the new one, without their values", () => {
  const sibling = { ...PARENT, option1_name: "Colour", option1_value: "black" };
  const { option1_name, option1_value, brand } = variantOf(BLANK, PARENT, sibling);
  expect([option1_name, option1_value, brand]).toEqual(["Colour", null, "BrandX"]);
});
