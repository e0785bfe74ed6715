import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DECIMAL_MAX, formatDecimal, numberMarks, parseDecimal, parseInteger } from "./decimal";

const EN = { decimal: ".", group: "," };
const DE = { decimal: ",", group: "." };
const FR = { decimal: ",", group: "\u202f" };
const CH = { decimal: ".", group: "’" };

describe("a typed amount", () => {
  test.each([
    ["12.9", EN, 129_000],
    ["12.90", EN, 129_000],
    ["1,234.5", EN, 12_345_000],
    ["0.0001", EN, 1],
    [".5", EN, 5_000],
    ["-3.25", EN, -32_500],
    [" 7 ", EN, 70_000],
    ["12,90", DE, 129_000],
    ["1.234,50", DE, 12_345_000],
    ["12.90", DE, 129_000],
    ["1.234", DE, 12_340_000],
    ["1 234,5", FR, 12_345_000],
    ["12.5", FR, 125_000],
    ["1’234.50", CH, 12_345_000],
    ["99999999999.9999", EN, DECIMAL_MAX],
    ["", EN, null],
  ])("%j is read exactly", (text, marks, units) => {
    expect(parseDecimal(text, marks)).toEqual({ ok: true, units });
  });

  test.each([
    ["1O", EN, "Type digits, such as 12.90"],
    ["1,5", EN, "is not a number"],
    ["1.2.3", EN, "is not a number"],
    ["1,23,456", EN, "is not a number"],
    ["12.34567", EN, "At most four decimals"],
    ["100000000000", EN, "too large"],
    ["-", EN, "is not a number"],
    ["1e3", EN, "is not a number"],
    ["zwölf", DE, "such as 12,90"],
  ])("%j is refused, never guessed", (text, marks, part) => {
    const parsed = parseDecimal(text, marks);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? "" : parsed.message).toContain(part);
  });

  test("what is shown can be typed again, in every locale", () => {
    const units = fc.integer({ min: -DECIMAL_MAX, max: DECIMAL_MAX });
    fc.assert(
      fc.property(
        units,
        fc.constantFrom(EN, DE, FR, CH),
        fc.boolean(),
        (number, marks, grouped) => {
          const text = formatDecimal(number, { marks, grouped, minDecimals: 2 });
          // A text such as 1.234 would be read as grouped; two decimals at least keep it clear.
          expect(parseDecimal(text, marks)).toEqual({ ok: true, units: number + 0 });
        },
      ),
    );
  });
});

describe("a typed whole number", () => {
  test.each([
    ["10", 10],
    ["1,000", 1000],
    ["-4", -4],
    ["10.0", 10],
  ])("%j is read", (text, value) => {
    expect(parseInteger(text, EN)).toEqual({ ok: true, units: value });
  });

  test("what is no number at all is told a whole one", () => {
    expect(parseInteger("many", EN)).toEqual({
      ok: false,
      message: '"many" is not a number. Type digits, such as 10.',
    });
  });

  test("a fraction is refused with what to type instead", () => {
    expect(parseInteger("1.5", EN)).toEqual({
      ok: false,
      message: '"1.5" is not a whole number. Type digits, such as 10.',
    });
  });
});

test("the marks come from the locale", () => {
  expect(numberMarks("en-GB")).toEqual(EN);
  expect(numberMarks("de-DE")).toEqual(DE);
});
