import fc from "fast-check";
import { expect, test } from "vitest";

import { moved, readChoices, writeChoices } from "./choices";

test("a choice that is renamed keeps its key, and a new one has none yet", () => {
  const rows = readChoices("summer = Summer\nWinter sale");
  expect(rows).toEqual([
    { key: "summer", label: "Summer" },
    { key: null, label: "Winter sale" },
  ]);
  const renamed = rows.with(0, { key: "summer", label: "High summer" });
  expect(writeChoices(renamed)).toBe("summer = High summer\nWinter sale");
});

test("a label may hold the sign that stands after a key", () => {
  const text = "Size = L\nl_1 = Large = L";
  expect(readChoices(text)).toEqual([
    { key: null, label: "Size = L" },
    { key: "l_1", label: "Large = L" },
  ]);
  expect(writeChoices(readChoices(text))).toBe(text);
});

test("what is written is read again, in its order", () => {
  const row = fc.record({
    key: fc.stringMatching(/^[a-z0-9_]{1,12}$/),
    label: fc.stringMatching(/^[A-Za-z0-9=][A-Za-z0-9 =]{0,10}[A-Za-z0-9=]$/),
  });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(readChoices(writeChoices(rows))).toEqual(rows);
    }),
  );
});

test("moving a choice loses none, and the ends are the ends", () => {
  const rows = readChoices("a = A\nb = B\nc = C");
  expect(writeChoices(moved(rows, 2, -1))).toBe("a = A\nc = C\nb = B");
  expect(moved(rows, 0, -1)).toEqual(rows);
  expect(moved(rows, 2, 1)).toEqual(rows);
});
