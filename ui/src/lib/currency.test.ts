import { expect, it } from "vitest";

import { currencies, likelyCurrency } from "./currency";

it.each([
  ["en-GB", "GBP"],
  ["de-AT", "EUR"],
  ["en-US", "USD"],
  ["ja", "JPY"],
  ["pt-BR", "BRL"],
  ["en-AQ", ""],
])("where %s is used, prices are likely in %j", (locale, code) =>
  expect(likelyCurrency(locale)).toBe(code),
);

it("every likely currency is one of the list", () => {
  const codes = new Set(currencies("en-GB").map(({ code }) => code));
  for (const locale of ["en-GB", "de-CH", "sv-SE", "en-ZA", "tr-TR"]) {
    expect(codes).toContain(likelyCurrency(locale));
  }
});
