import { expect, test } from "vitest";

import { isUnderParent } from "./isUnderParent";

/** Rows such as `APRON`, `APRON-S of APRON`. */
function list(...rows: string[]) {
  const parsed = rows.map((row) => {
    const [sku = "", parentSku = null] = row.split(" of ");
    return { sku, parentSku };
  });
  return (index: number) => isUnderParent((at) => parsed[at], index);
}

test("a variant below its parent need not name it, nor do those below that variant", () => {
  const isUnder = list("APRON", "APRON-S of APRON", "APRON-M of APRON");
  expect([0, 1, 2].map(isUnder)).toEqual([false, true, true]);
});

test("a variant that something else stands above names its parent", () => {
  const isUnder = list("APRON", "APRON-S of APRON", "MUG", "APRON-M of APRON", "BIB-S of BIB");
  expect([3, 4].map(isUnder)).toEqual([false, false]);
});

test("at the head of a list, and where what stands above is not loaded, the parent is named", () => {
  expect(list("APRON-S of APRON")(0)).toBe(false);
  expect(isUnderParent((at) => (at === 5 ? { sku: "A", parentSku: "B" } : undefined), 5)).toBe(
    false,
  );
});

test("far below its parent a variant names it again", () => {
  const many = Array.from({ length: 40 }, (_, at) => `APRON-${at} of APRON`);
  const isUnder = list("APRON", ...many);
  expect(isUnder(20)).toBe(true);
  expect(isUnder(21)).toBe(false);
});
