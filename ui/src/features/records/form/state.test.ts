import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import type { Field, FieldInfo, Fields, MergedRecord } from "../../../bindings";
import {
  afterSave,
  changesOf,
  formOf,
  fromInput,
  inputOf,
  mergeRequest,
  overNewer,
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

const SHIRT: Fields = {
  ...Object.fromEntries(FIELDS.map(({ key, blank }) => [key, blank])),
  sku: "SHIRT-1",
  name: "Shirt",
  store_price: 129_000,
};

const form = () => formOf(SHIRT, 3);

describe("what is typed", () => {
  test("while a save is on its way stands over what was saved", () => {
    const sent = typeInto(typeInto(form(), info("name"), "Tee"), info("brand"), "Ace");
    const since = typeInto(sent, info("name"), "Tee shirt");
    const base = { ...SHIRT, name: "Tee", brand: "Ace" };
    const after = afterSave(since, sent.inputs, { base, version: 4 });
    expect(after.version).toBe(4);
    expect(changesOf(after, FIELDS)).toEqual([{ field: "name", old: "Tee", new: "Tee shirt" }]);
    expect(afterSave(sent, sent.inputs, { base, version: 4 })).toEqual(formOf(base, 4));
  });

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

  test("images are lines in their order, each once", () => {
    const images = ["https://b.test/2 Back", "https://a.test/1"];
    const lines = "https://b.test/2 Back\nhttps://a.test/1";
    expect(toInput(images, info("alt_images"))).toBe(lines);
    const typed = `${lines}\n\n  https://a.test/1 \n`;
    expect(fromInput(typed, info("alt_images"))).toEqual({ ok: true, value: images });
    expect(fromInput(" \n", info("alt_images"))).toEqual({ ok: true, value: null });
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

const BEN = { person: "Ben Ode", you: false, at: 1_790_000_000_000 };
const answer = (part: Partial<MergedRecord>, fields: Fields): MergedRecord => ({
  record: {
    kind: "product",
    id: "one",
    version: 4,
    trashed: false,
    references: [],
    fields: { ...SHIRT, ...fields },
    updatedAt: 0,
  },
  takenOver: [],
  agreed: [],
  conflicts: [],
  ...part,
});

describe("when another user saved meanwhile", () => {
  test("the core is told what was seen and what was typed, as a value or as it stands", () => {
    const priced = typeInto(form(), info("store_price"), "14.50");
    const typed = typeInto(priced, info("rrp"), "14,5O");
    const request = mergeRequest(typed, FIELDS);
    expect(request.typed).toEqual({ store_price: 145_000, rrp: "14,5O" });
    expect(request.seen).toMatchObject({ store_price: 129_000, rrp: null, name: "Shirt" });
  });

  test("their change of another field comes in and is marked", () => {
    const mine = typeInto(form(), info("store_price"), "14.50");
    const came = { takenOver: [{ field: "name", by: BEN }] };
    const merged = overNewer(mine, answer(came, { name: "Blue shirt" }));
    expect(inputOf(merged, info("name"))).toBe("Blue shirt");
    expect(merged.merged).toEqual({ name: BEN });
    expect(merged.conflicts).toEqual({});
    expect(changesOf(merged, FIELDS)).toEqual([
      { field: "store_price", old: 129_000, new: 145_000 },
    ]);
  });

  test("the same field shows both values, and either can be chosen", () => {
    const mine = typeInto(form(), info("store_price"), "14.50");
    const overlap = (seen: number, current: number) => ({
      conflicts: [{ field: "store_price", seen, current, typed: 145_000, by: BEN }],
    });
    const once = overNewer(mine, answer(overlap(129_000, 99_000), { store_price: 99_000 }));
    const merged = overNewer(once, answer(overlap(99_000, 95_000), { store_price: 95_000 }));
    // What it was when the person began stays, however often it is changed.
    expect(merged.conflicts.store_price).toEqual({ seen: 129_000, theirs: 95_000, by: BEN });
    const kept = settle(merged, "store_price", "mine");
    expect(changesOf(kept, FIELDS)).toEqual([{ field: "store_price", old: 95_000, new: 145_000 }]);
    const taken = settle(merged, "store_price", "theirs");
    expect(changesOf(taken, FIELDS)).toEqual([]);
    expect(taken.conflicts).toEqual({});
  });

  test("the same value on both sides is no conflict any more", () => {
    const mine = typeInto(form(), info("store_price"), "9.50");
    const merged = overNewer(mine, answer({ agreed: ["store_price"] }, { store_price: 95_000 }));
    expect(merged.conflicts).toEqual({});
    expect(changesOf(merged, FIELDS)).toEqual([]);
  });
});
