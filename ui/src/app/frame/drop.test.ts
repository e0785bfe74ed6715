import { expect, test } from "vitest";

import { dropVerdict } from "./drop";

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
