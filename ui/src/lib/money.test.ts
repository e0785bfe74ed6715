import { expect, test } from "vitest";

import { formatMoney, moneyStyle } from "./money";

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
