import fc from "fast-check";
import { expect, test } from "vitest";

import { movedBy, ordered } from "./columns";

const KEYS = ["sku", "name", "brand", "stock", "price"];
const columns = (keys: readonly string[]) => keys.map((key) => ({ key }));
const keysOf = (all: readonly { key: string }[]) => all.map(({ key }) => key);

test("columns stand as a person put them, and new ones where they were declared", () => {
  expect(keysOf(ordered(columns(KEYS), []))).toEqual(KEYS);
  const order = ["price", "sku", "brand", "gone"];
  expect(keysOf(ordered(columns(KEYS), order))).toEqual(["price", "sku", "name", "brand", "stock"]);
  expect(keysOf(ordered(columns(KEYS), "no order"))).toEqual(KEYS);
});

const isNoBrand = (key: string) => key !== "brand";

test("a column goes over those that are not shown", () => {
  expect(movedBy(KEYS, isNoBrand, { key: "name", step: 1 })).toEqual([
    "sku",
    "brand",
    "stock",
    "name",
    "price",
  ]);
  expect(movedBy(KEYS, isNoBrand, { key: "sku", step: -1 })).toEqual(KEYS);
});

test("whatever is moved wherever, no column is lost and none is there twice", () => {
  const someOf = fc.subarray(KEYS);
  fc.assert(
    fc.property(
      someOf,
      fc.constantFrom(...KEYS),
      fc.integer({ min: -9, max: 9 }),
      (hidden, key, step) => {
        const isShown = (each: string) => !hidden.includes(each);
        const moved = movedBy(KEYS, isShown, { key, step });
        expect(moved.toSorted()).toEqual(KEYS.toSorted());
        expect(keysOf(ordered(columns(KEYS), moved))).toEqual(moved);
        const shown = KEYS.filter(isShown);
        const went = moved.filter(isShown).indexOf(key) - shown.indexOf(key);
        const back = movedBy(moved, isShown, { key, step: -went });
        expect(back.filter(isShown)).toEqual(shown);
      },
    ),
  );
});
