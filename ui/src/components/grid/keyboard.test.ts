import fc from "fast-check";
import { expect, test } from "vitest";

import { moveCell, rangeOf, toTsv } from "./keyboard";

const REACH = { rows: 1_000_000, columns: 8, page: 20 };

test.each([
  ["arrowdown", { row: 11, column: 3 }],
  ["j", { row: 11, column: 3 }],
  ["k", { row: 9, column: 3 }],
  ["arrowleft", { row: 10, column: 2 }],
  ["pagedown", { row: 30, column: 3 }],
  ["pageup", { row: 0, column: 3 }],
  ["home", { row: 10, column: 0 }],
  ["end", { row: 10, column: 7 }],
  ["mod+arrowleft", { row: 10, column: 0 }],
  ["mod+arrowright", { row: 10, column: 7 }],
  ["mod+arrowdown", { row: 999_999, column: 3 }],
  ["mod+arrowup", { row: 0, column: 3 }],
  ["mod+home", { row: 0, column: 0 }],
  ["mod+end", { row: 999_999, column: 7 }],
])("%s goes where a spreadsheet goes", (key, to) => {
  expect(moveCell(key, { row: 10, column: 3 }, REACH)).toEqual(to);
});

test("no key leads out of the grid", () => {
  const keys = fc.constantFrom(
    "arrowdown",
    "arrowup",
    "arrowleft",
    "arrowright",
    "pagedown",
    "end",
  );
  fc.assert(
    fc.property(
      fc.array(keys, { maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (path, rows) => {
        const reach = { rows, columns: 3, page: 7 };
        let cell = { row: 0, column: 0 };
        for (const key of path) cell = moveCell(key, cell, reach) ?? cell;
        expect(cell.row).toBeGreaterThanOrEqual(0);
        expect(cell.row).toBeLessThan(rows);
        expect(cell.column).toBeLessThan(3);
      },
    ),
  );
});

test("other keys do not move", () => {
  expect(moveCell("x", { row: 1, column: 1 }, REACH)).toBeNull();
  expect(moveCell("arrowdown", { row: 0, column: 0 }, { ...REACH, rows: 0 })).toBeNull();
});

test("two cells span a rectangle, whichever was first", () => {
  expect(rangeOf({ row: 5, column: 1 }, { row: 2, column: 4 })).toEqual({
    firstRow: 2,
    lastRow: 5,
    firstColumn: 1,
    lastColumn: 4,
  });
});

test("a spreadsheet gets tabs between cells and quotes where a cell has tabs, lines or quotes", () => {
  expect(
    toTsv([
      ["a", 'size 5"'],
      ["b\tc", "two\nlines"],
    ]),
  ).toBe('a\t"size 5"""\n"b\tc"\t"two\nlines"');
});
