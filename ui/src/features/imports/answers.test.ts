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
    ["11-9-40", ["dmy", "mdy"]],
    ["01/02/03", ["dmy", "mdy", "ymd"]],
    ["11/9/2026 10:30", ["dmy", "mdy"]],
  ])("offers for %s only orders that make a date: %j", (example, orders) => {
    expect(dateAnswers(example).map(({ value }) => value)).toEqual(orders);
  });
});

it.each(["", "soon", "31/2/2026"])(
  "the bare orders are offered when “%s” tells nothing",
  (text) => {
    expect(dateAnswers(text).map(({ label }) => label)).toEqual([
      "Day first",
      "Month first",
      "Year first",
    ]);
  },
);

describe("the question of decimals", () => {
  it.each([
    ["1,234", ["1,234", "1.234"]],
    ["$ 12.500", ["12.5", "12,500"]],
    ["none", ["The point stands before decimals", "The comma stands before decimals"]],
  ])("tells what %s is worth either way", (example, worth) => {
    expect(decimalAnswers(example, "en").map(({ label }) => label)).toEqual(worth);
  });
});
