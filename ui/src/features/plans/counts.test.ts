import { describe, expect, it } from "vitest";
import type { Counts } from "../../bindings";
import { outcomeTabs, rowsApplied, rowsRead, sumOf } from "./counts";

const counts: Counts = {
  create: 812,
  update: 1204,
  unchanged: 17950,
  skipped: 0,
  conflict: 2,
  error: 31,
  implied: 5,
  resolvable: 2,
  taken: 1,
};

describe("the counts of a plan", () => {
  it("add up to the rows read, implied parents beside them", () => {
    expect(rowsRead(counts)).toBe(19_999);
    const [all, ...parts] = outcomeTabs(counts, "import");
    expect(all?.count).toBe(19_999);
    expect(parts.reduce((sum, tab) => sum + tab.count, 0)).toBe(19_999);
  });

  it("say how many records applying writes, implied parents and decisions included", () => {
    expect(rowsApplied(counts)).toBe(812 + 1204 + 5 + 1);
  });

  it("are told in words, empty parts left out", () => {
    expect(sumOf(counts, "import")).toBe(
      "812 create, 1,204 update, 17,950 unchanged, 2 conflict, 31 errors",
    );
    expect(sumOf({ ...counts, error: 1, conflict: 0 }, "undo")).toBe(
      "812 create, 1,204 reverse, 17,950 unchanged, 1 error",
    );
  });

  it("name what an undo does in its own words", () => {
    const labels = outcomeTabs(counts, "undo").map((tab) => tab.label);
    expect(labels).toEqual(["All", "Create", "Reverse", "Unchanged", "Skipped", "Kept", "Error"]);
  });
});
