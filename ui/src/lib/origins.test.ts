import { describe, expect, it } from "vitest";

import type { Batch } from "../bindings";
import { NO_BATCH_COUNTS } from "../test/batchCounts";
import { canUndo, originText, originWord, undoWord } from "./origins";

const batch = (part: Partial<Batch>, created = 1): Batch => ({
  id: "b1",
  origin: "import",
  label: "a.csv",
  title: "Import a.csv",
  undoTitle: "Undo a.csv",
  person: "Ada",
  personId: "u1",
  startedAt: 0,
  finishedAt: 1,
  state: "done",
  counts: { ...NO_BATCH_COUNTS, read: 1, created },
  sums: [],
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

it("is done again where it is an undo", () => {
  expect(undoWord(batch({}))).toBe("Undo");
  expect(undoWord(batch({ origin: "undo", undoTitle: "Redo import of a.csv" }))).toBe("Redo");
});

it("came from what it undid, where it is an undo", () => {
  expect(originText({ origin: "import", title: "Import a.csv" })).toBe("Import");
  expect(originText({ origin: "undo", title: "Redo edit of A-1" })).toBe("Redo edit of A-1");
});

it("has one word for where it came from, where its title stands beside it", () => {
  expect(originWord({ origin: "import", title: "Import a.csv" })).toBe("Import");
  expect(originWord({ origin: "undo", title: "Undo a.csv" })).toBe("Undo");
  expect(originWord({ origin: "undo", title: "Redo import of a.csv" })).toBe("Redo");
});
