import { expect, inject, test } from "vitest";

import { searchedOf } from "./useSearched";

const KINDS = inject("kinds");

test.each([
  [["product"], "SKU, name or reason"],
  [["supplier"], "code, name or reason"],
  [["supplier_product"], "supplier product, name or reason"],
  [["custom_field"], "code, name or reason"],
  [["product", "supplier"], "code, name or reason"],
  [[], "code, name or reason"],
])("the search of a review of %j names what it looks at", (kinds, named) => {
  expect(searchedOf(KINDS.filter(({ key }) => kinds.includes(key)))).toBe(named);
});
