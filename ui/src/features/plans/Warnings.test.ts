import { expect, it } from "vitest";

import type { PlanWarning } from "../../bindings";
import { warningText } from "./Warnings";

const price = { field: "store_price", label: "Store price" };
const stock = { field: "stock", label: "Stock on hand" };

it.each<[PlanWarning, string]>([
  [{ kind: "jumps", ...price, count: 640 }, "Store price: 640 values change by more than 20 %"],
  [{ kind: "jumps", ...price, count: 1 }, "Store price: 1 value changes by more than 20 %"],
  [{ kind: "fallsToZero", ...stock, count: 2 }, "Stock on hand: 2 values fall to zero"],
  [{ kind: "fallsToZero", ...stock, count: 1 }, "Stock on hand: 1 value falls to zero"],
  [
    { kind: "lookAlikes", count: 3, examples: ["AB 205", "ab-206"] },
    "3 SKUs differ from another only in case or spaces: “AB 205”, “ab-206” and 1 more",
  ],
])("%j is told as a sentence", (warning, text) => {
  expect(warningText(warning)).toBe(text);
});
