import { expect, test } from "vitest";

import { dropVerdict, importOf } from "./drop";

test.each([
  [["supplier.csv"], true, true, "Drop to import supplier.csv"],
  [["PRICES.TXT"], true, true, "Drop to import PRICES.TXT"],
  [["a.csv", "b.csv"], true, false, "2 files at once"],
  [["supplier.xlsx"], true, false, "supplier.xlsx is not a CSV file"],
  [["supplier.csv"], false, false, "You may not import files"],
])("%j with the right %j is accepted: %j", (names, mayImport, accepted, title) => {
  const verdict = dropVerdict(names, mayImport);
  expect(verdict.accepted).toBe(accepted);
  expect(verdict.title).toContain(title);
});

test("a file that is chosen or dropped keeps what the window asked for", () => {
  const file = { token: "f1", name: "june.csv", size: 9 };
  expect(importOf(file, { pathname: "/imports/new", search: "?sender=s1" })).toBe(
    "/imports/new?sender=s1&file=f1&name=june.csv",
  );
  for (const [pathname, search] of [
    ["/imports/new", "?sender=s1&file=f0"],
    ["/purchasing/supplier-products", "?sender=s1"],
  ] as const) {
    expect(importOf(file, { pathname, search })).toBe("/imports/new?file=f1&name=june.csv");
  }
});
