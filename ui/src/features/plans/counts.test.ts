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
const plain = (n: number) => String(n);

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

  it("are written as a sum without empty parts", () => {
    expect(sumOf(counts, plain)).toEqual({
      total: "19999",
      parts: "812 + 1204 + 17950 + 2 + 31",
    });
  });

  it("name what an undo does in its own words", () => {
    const labels = outcomeTabs(counts, "undo").map((tab) => tab.label);
    expect(labels).toEqual(["All", "Create", "Reverse", "Unchanged", "Skipped", "Kept", "Error"]);
  });
});
