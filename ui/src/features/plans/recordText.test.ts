import { describe, expect, it } from "vitest";

import type { PlannedRecord } from "../../bindings";
import { plannedRecord as record } from "../../test/plannedRecord";
import { badgeLabel, lineOf } from "./recordText";

const problem = {
  column: "qty",
  field: "stock" as const,
  value: "1O",
  message: "Not a whole number.",
  hint: "Type digits only.",
};

describe("the line of a record", () => {
  it.each<[string, Partial<PlannedRecord>, string]>([
    [
      "says what is wrong and what to do",
      { problems: [problem] },
      "Not a whole number. Type digits only.",
    ],
    [
      "is satisfied with a message that says what to do",
      { problems: [{ ...problem, hint: null }] },
      "Not a whole number.",
    ],
    [
      "counts further problems",
      { problems: [problem, problem] },
      "Not a whole number. Type digits only. And 1 more.",
    ],
    [
      "tells why a record is left out",
      { outcome: "skipped", notes: ["It has no name."] },
      "It has no name.",
    ],
    [
      "leaves the word to the fields that contradict",
      {
        outcome: "conflict",
        notes: ["Vic changed it."],
        conflicts: [{ field: "stock", base: 1, current: 3, proposed: 2 }],
      },
      "",
    ],
    [
      "tells why a record is kept, and what deciding against that does",
      { outcome: "conflict", operation: "trash", notes: ["It was edited since."] },
      "It was edited since. Undoing it moves it to the trash.",
    ],
    [
      "offers nothing where there is nothing to choose",
      { outcome: "conflict", operation: null, notes: ["It was deleted for good."] },
      "It was deleted for good.",
    ],
    ["names what happens to the record as a whole", { operation: "trash" }, "Moves to the trash"],
    [
      "leaves the word to the changed fields",
      { changes: [{ field: "stock", old: 1, new: 2 }], notes: ["Derived."] },
      "",
    ],
    ["is empty for what stays as it is", { outcome: "unchanged", operation: null }, ""],
  ])("%s", (_, part, text) => {
    const line = lineOf(record(part));
    expect([line?.text, line?.help].filter(Boolean).join(" ")).toBe(text);
  });
});

it("badges say more than the outcome where it would mislead", () => {
  expect(badgeLabel(record({ operation: "trash" }), "undo")).toBe("To the trash");
  expect(badgeLabel(record({}), "undo")).toBe("Put back");
  expect(badgeLabel(record({ outcome: "conflict", operation: null }), "undo")).toBe("Kept");
  expect(badgeLabel(record({}), "import")).toBeUndefined();
});
