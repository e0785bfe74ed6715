import { expect, test } from "vitest";

import { choiceOf, chosen, holdingOf, withHolding } from "./holding";

test("the address says what a file holds, and the file stays when it holds something else", () => {
  const file = new URLSearchParams({ file: "f1", name: "june.csv" });
  expect(holdingOf(file)).toEqual({});
  const suppliers = withHolding(file, { kind: "supplier" });
  expect(holdingOf(suppliers)).toEqual({ kind: "supplier" });
  const prices = withHolding(suppliers, { sender: "s1" });
  expect(holdingOf(prices)).toEqual({ sender: "s1" });
  expect(prices.get("file")).toBe("f1");
  expect(holdingOf(withHolding(prices, {}))).toEqual({});
  expect(holdingOf(new URLSearchParams({ kind: "unicorn" }))).toEqual({});
});

test("each choice of the list stands for what it was made of", () => {
  expect(chosen(choiceOf("supplier", null))).toEqual({ kind: "supplier" });
  expect(chosen(choiceOf("supplier_product", "s1"))).toEqual({ sender: "s1" });
  expect(chosen("")).toEqual({});
});
