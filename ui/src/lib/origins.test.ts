import { describe, expect, it } from "vitest";

import type { Batch } from "../bindings";
import { NO_BATCH_COUNTS } from "../test/batchCounts";
import { batchTitle, canUndo, originTitle } from "./origins";

const batch = (part: Partial<Batch>, created = 1): Batch => ({
  id: "b1",
  origin: "import",
  label: "a.csv",
  person: "Ada",
  startedAt: 0,
  finishedAt: 1,
  state: "done",
  counts: { ...NO_BATCH_COUNTS, read: 1, created },
  undoOf: null,
  undoneBy: null,
  plan: null,
  ...part,
});

describe("a batch can be undone", () => {
  it.each<[string, Batch, boolean]>([
    ["when it wrote something", batch({}), true],
    ["also when it was stopped half-way", batch({ state: "cancelled" }), true],
    ["but not twice", batch({ undoneBy: "b2" }), false],
    ["not while it runs", batch({ state: "running" }), false],
    ["not when nothing was written", batch({}, 0), false],
    ["nor what was deleted for good", batch({ origin: "purge" }), false],
  ])("%s", (_, each, expected) => expect(canUndo(each)).toBe(expected));
});

it("is called by what it does", () => {
  expect(originTitle("undo", "a.csv")).toBe("Undo a.csv");
  expect(originTitle("practice", "")).toBe("Load");
  expect(batchTitle(batch({ origin: "form", label: "A-1" }))).toBe("Create A-1");
  expect(batchTitle(batch({ origin: "form", label: "A-1" }, 0))).toBe("Edit A-1");
});
