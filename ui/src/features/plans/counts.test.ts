import { describe, expect, it } from "vitest";
import type { Counts, Sum } from "../../bindings";
import { filterOf, outcomeTabs, readParts, rowsApplied, rowsRead, shownBy } from "./counts";

const counts: Counts = {
  create: 812,
  update: 1204,
  trash: 4,
  restore: 0,
  purge: 0,
  unchanged: 17950,
  skipped: 0,
  conflict: 2,
  error: 31,
  implied: 5,
  resolvable: 2,
  taken: 1,
  keptToSend: 0,
};

const sums: Sum[] = [
  { part: "create", count: 812, words: "create" },
  { part: "update", count: 1200, words: "update" },
  { part: "trash", count: 4, words: "move to the trash" },
  { part: "unchanged", count: 17950, words: "unchanged" },
  { part: "skipped", count: 0, words: "skipped" },
  { part: "conflict", count: 2, words: "conflicts" },
  { part: "error", count: 31, words: "errors" },
  { part: "implied", count: 5, words: "made from their variants" },
];

describe("the counts of a plan", () => {
  it("add up to the rows read, implied parents beside them", () => {
    expect(rowsRead(counts)).toBe(19_999);
    const [all, ...parts] = outcomeTabs({ counts, sums });
    expect(all?.count).toBe(19_999);
    expect(parts.reduce((sum, tab) => sum + tab.count, 0)).toBe(19_999);
    expect(readParts(sums).reduce((sum, { count }) => sum + count, 0)).toBe(19_999);
  });

  it("say how many records applying writes, implied parents and decisions included", () => {
    expect(rowsApplied(counts)).toBe(812 + 1204 + 5 + 1);
  });

  it("name the tabs as the sum does, each a filter of its own", () => {
    const labels = outcomeTabs({ counts, sums }).map((tab) => tab.label);
    expect(labels).toEqual([
      "All",
      "Create",
      "Update",
      "Move to the trash",
      "Unchanged",
      "Skipped",
      "Conflicts",
      "Errors",
    ]);
    expect(shownBy("trash")).toEqual({ outcome: "update", operation: "trash" });
    expect(shownBy("all")).toEqual({ outcome: null, operation: null });
  });

  it("an address that names no part shows all", () => {
    expect(filterOf("restore")).toBe("restore");
    for (const other of [null, "", "implied", "constructor"]) expect(filterOf(other)).toBe("all");
  });
});
