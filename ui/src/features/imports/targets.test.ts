import { describe, expect, it } from "vitest";
import type { Field, ImportTarget } from "../../bindings";
import { feedersOf, takenBy, targetGroups, targetOptions } from "./targets";

const target = (key: string, field: Field | null): ImportTarget => ({
  key,
  label: key,
  field,
  code: key,
});
const targets = [
  target("sku", "sku"),
  target("weight", "weight"),
  target("grams", "weight"),
  target("handle", null),
  target("shoe_size", null),
];

describe("the targets of a mapping", () => {
  it("stand under headings, and none is lost", () => {
    const groups = targetGroups(targets);
    expect(groups.map((group) => group.label)).toEqual(["Identification", "Measures", "Other"]);
    expect(groups.flatMap((group) => group.targets)).toHaveLength(targets.length);
  });

  it.each<[key: string, column: number, by: number | null, why: string]>([
    ["sku", 0, null, "the column itself may keep it"],
    ["sku", 1, 0, "another column feeds it"],
    ["weight", 1, 2, "grams fill the weight too"],
    ["handle", 1, null, "nothing feeds it"],
  ])("%s for column %i: taken by %s, since %s", (key, column, by, _why) => {
    const wanted = targets.filter((t) => t.key === key);
    const feeders = feedersOf(targets, ["sku", null, "grams"]);
    expect(wanted.map((t) => takenBy(t, column, feeders))).toEqual([by]);
  });

  it("that are taken name the column that has them", () => {
    const feeders = feedersOf(targets, ["sku", null, "grams"]);
    const groups = targetOptions(targetGroups(targets), ["code", "kg", "g"], feeders, 1);
    const found = groups.flatMap(({ options }) => options.filter((option) => option.taken));
    expect(found.map(({ key, taken }) => [key, taken])).toEqual([
      ["sku", "code"],
      ["weight", "g"],
      ["grams", "g"],
    ]);
  });
});
