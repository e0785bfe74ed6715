import { expect, test } from "vitest";

import { formatMoney, moneyStyle, withoutSign } from "./money";

test.each([
  ["", "en-US", "12.90"],
  ["USD", "en-US", "$12.90"],
  ["GBP", "en-GB", "£12.90"],
  ["EUR", "de-DE", "12.90\u00a0€"],
  ["CHF", "de-CH", "CHF\u00a012.90"],
  ["JPY", "en-US", "¥12.9"],
  ["KWD", "en-US", "KWD\u00a012.900"],
])("%s stands where %s writes it", (code, locale, written) => {
  expect(formatMoney(129_000, moneyStyle(code, locale))).toBe(written);
});

test("money keeps its four decimals, and nothing is written for no value", () => {
  const dollars = moneyStyle("USD", "en-US");
  const written = [12_345_678, 1, -129_000, 0, null, undefined].map((units) =>
    formatMoney(units, dollars),
  );
  expect(written).toEqual(["$1,234.5678", "$0.0001", "-$12.90", "$0.00", "", ""]);
});

test.each([
  ["$1,234.50", "USD", "1,234.50"],
  ["-$5", "USD", "-5"],
  ["13.75 $", "USD", "13.75 "],
  ["CHF 12.90", "CHF", " 12.90"],
  ["12.90", "USD", "12.90"],
  ["US$ 12", "USD", "US$ 12"],
  ["€12", "USD", "€12"],
  ["12 ", "", "12 "],
])("of %s in %s the sign is taken off where it is the one that is meant", (text, code, left) => {
  expect(withoutSign(text, moneyStyle(code, "en-US"))).toBe(left);
});
