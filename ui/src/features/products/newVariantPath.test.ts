import { expect, test } from "vitest";

import { newVariantPath, withoutParent } from "./newVariantPath";

test("the list stays as it is narrowed while a variant is made, and after it", () => {
  const path = newVariantPath("TEE & CO", "?q=towel&sort=-name");
  expect(path).toBe("/products/new?q=towel&sort=-name&parent=TEE+%26+CO");
  expect(withoutParent(path.slice(path.indexOf("?")))).toBe("q=towel&sort=-name");
});
