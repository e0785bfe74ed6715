import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import type { Field, FieldInfo, Fields } from "../../../bindings";
import { blankFields, valueIn } from "../../../lib/values";
import { sectionsOf } from "./sections";
import {
  changesOf,
  editedFields,
  formOf,
  fromInput,
  inputOf,
  rebase,
  settle,
  toInput,
  typeInto,
  typingProblems,
} from "./state";

const FIELDS = inject("fields");

const info = (key: Field): FieldInfo => {
  const found = FIELDS.find((field) => field.key === key);
  if (!found) throw new Error(`There is no field ${key}.`);
  return found;
};

const SHIRT: Fields = { ...blankFields(), sku: "SHIRT-1", name: "Shirt", store_price: 129_000 };

const form = () => formOf(SHIRT, 3);

const theirs = (part: Fields): Fields => ({ ...SHIRT, ...part });

describe("what is typed", () => {
  test("becomes a change with what was seen and what is wanted", () => {
    const typed = typeInto(form(), info("store_price"), "14.50");
    expect(changesOf(typed, FIELDS)).toEqual([
      { field: "store_price", old: 129_000, new: 145_000 },
    ]);
  });

  test("is no change when it says the same", () => {
    const typed = typeInto(form(), info("store_price"), "12.9000");
    expect(changesOf(typed, FIELDS)).toEqual([]);
    expect(changesOf(typeInto(form(), info("subtitle"), "  "), FIELDS)).toEqual([]);
  });

  test("empties a field when it is empty", () => {
    const typed = typeInto(form(), info("store_price"), "");
    expect(changesOf(typed, FIELDS)).toEqual([{ field: "store_price", old: 129_000, new: null }]);
  });

  test("is a problem, and no change, when it cannot be read", () => {
    const typed = typeInto(form(), info("store_price"), "1O");
    expect(changesOf(typed, FIELDS)).toEqual([]);
    expect(typingProblems(typed, FIELDS)["store_price"]).toContain("not a number");
  });

  test.each([
    ["promo_start", "2026-02-30", "2026-12-31"],
    ["promo_start", "1/2/2026", "2026-12-31"],
    ["stock", "1.5", "whole number"],
    ["weight", "-1", "below zero"],
    ["brand", "x".repeat(101), "at most 100"],
  ] as const)("%s cannot be %j", (key, text, part) => {
    const parsed = fromInput(text, info(key));
    expect(parsed.ok ? "" : parsed.message).toContain(part);
  });

  test("tags are sorted, each once", () => {
    expect(fromInput(["new", " sale ", "new"], info("tags"))).toEqual({
      ok: true,
      value: ["new", "sale"],
    });
  });

  test("every value survives being shown and read again", () => {
    const numbers = fc.option(fc.integer({ min: 0, max: 999_999_999_999_999 }), { nil: null });
    fc.assert(
      fc.property(numbers, fc.constantFrom("store_price", "weight"), (value, key) => {
        expect(fromInput(toInput(value, info(key)), info(key))).toEqual({ ok: true, value });
      }),
    );
  });
});

describe("when somebody else saved meanwhile", () => {
  test("their change of another field comes in and is marked", () => {
    const mine = typeInto(form(), info("store_price"), "14.50");
    const merged = rebase(mine, theirs({ name: "Blue shirt" }), 4, FIELDS);
    expect(inputOf(merged, info("name"))).toBe("Blue shirt");
    expect(merged.merged).toEqual(["name"]);
    expect(merged.conflicts).toEqual({});
    expect(changesOf(merged, FIELDS)).toEqual([
      { field: "store_price", old: 129_000, new: 145_000 },
    ]);
  });

  test("the same field shows both values, and either can be chosen", () => {
    const mine = typeInto(form(), info("store_price"), "14.50");
    const merged = rebase(mine, theirs({ store_price: 95_000 }), 4, FIELDS);
    expect(merged.conflicts.store_price).toEqual({ seen: 129_000, theirs: 95_000 });
    const kept = settle(merged, "store_price", "mine");
    expect(changesOf(kept, FIELDS)).toEqual([{ field: "store_price", old: 95_000, new: 145_000 }]);
    const taken = settle(merged, "store_price", "theirs");
    expect(changesOf(taken, FIELDS)).toEqual([]);
    expect(taken.conflicts).toEqual({});
  });

  test("the same value on both sides is no conflict", () => {
    const mine = typeInto(form(), info("store_price"), "9.50");
    const merged = rebase(mine, theirs({ store_price: 95_000 }), 4, FIELDS);
    expect(merged.conflicts).toEqual({});
    expect(changesOf(merged, FIELDS)).toEqual([]);
  });

  test("what cannot be read yet is not lost", () => {
    const mine = typeInto(form(), info("store_price"), "14,5O");
    const merged = rebase(mine, theirs({ store_price: 95_000 }), 4, FIELDS);
    expect(inputOf(merged, info("store_price"))).toBe("14,5O");
    expect(merged.conflicts.store_price?.theirs).toBe(95_000);
  });

  test("nothing typed is overwritten, and nothing of theirs is silently undone", () => {
    const stock = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(stock, stock, stock, (base, mine, other) => {
        const start = formOf({ ...SHIRT, stock: base }, 1);
        const typed = typeInto(start, info("stock"), String(mine));
        const merged = rebase(typed, { ...SHIRT, stock: other }, 2, FIELDS);
        const wanted = valueIn(editedFields(merged, FIELDS), "stock");
        const both = mine !== base && other !== base && mine !== other;
        expect(merged.conflicts.stock !== undefined).toBe(both);
        expect(wanted).toBe(mine === base ? other : mine);
      }),
    );
  });
});

test("every field has its place in a section, once", () => {
  const placed = sectionsOf(FIELDS).flatMap((section) => section.fields.map((field) => field.key));
  expect(placed.toSorted()).toEqual(FIELDS.map((field) => field.key).toSorted());
  expect(sectionsOf(FIELDS).some((section) => section.id === "more")).toBe(false);
});
