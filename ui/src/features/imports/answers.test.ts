import { describe, expect, it } from "vitest";
import { dateAnswers, decimalAnswers } from "./answers";

describe("the question of dates", () => {
  it("is told with the file's own value", () => {
    expect(dateAnswers("11/9/2026", "en-GB")).toEqual([
      { value: "dmy", label: "11 September 2026", help: "Day first" },
      { value: "mdy", label: "9 November 2026", help: "Month first" },
    ]);
  });

  it.each([
    ["13/9/2026", ["dmy"]],
    ["9-13-2026", ["mdy"]],
    ["2026.09.11", ["ymd"]],
    ["01/02/03", ["dmy", "mdy", "ymd"]],
    ["31/2/2026", []],
    ["soon", []],
    ["11/9/2026 10:30", ["dmy", "mdy"]],
  ])("offers for %s only orders that make a date: %j", (example, orders) => {
    expect(dateAnswers(example).map(({ value }) => value)).toEqual(orders);
  });
});

describe("the question of decimals", () => {
  it.each([
    ["1,234", ["1,234", "1.234"]],
    ["$ 12.500", ["12.5", "12,500"]],
    ["none", []],
  ])("tells what %s is worth either way", (example, worth) => {
    expect(decimalAnswers(example, "en").map(({ label }) => label)).toEqual(worth);
  });
});
