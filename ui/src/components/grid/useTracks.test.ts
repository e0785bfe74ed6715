import { expect, test } from "vitest";

import { sizeOf, type GridColumn } from "./columns";
import { widthOf } from "./textWidth";
import { PAGE_ROWS } from "./usePages";
import { Contents } from "./useTracks";

/** As the window's type has them at its size of 13 pixels, the last in medium, measured in the app. */
test.each([
  ["12,345,678", 68],
  ["ACME/HRD-000000-C", 141],
  ["WMW-MM-W", 86],
  ["BIG-000007-LONG-CODE-0", 188],
])("%s is given the room that it needs", (text, needed) => {
  expect(widthOf(text)).toBeGreaterThanOrEqual(needed);
});

test("no text is given half as much again", () => {
  expect(widthOf("ACME/HRD-000000-C")).toBeLessThan(141 * 1.5);
});

interface Row {
  sku: string;
  name: string;
}

const SKU: GridColumn<Row> = {
  key: "sku",
  label: "SKU",
  width: 100,
  render: ({ sku }) => sku,
  whole: ({ sku }) => sku,
  text: ({ sku }) => sku,
};
const NAME: GridColumn<Row> = {
  ...SKU,
  key: "name",
  label: "Name",
  whole: () => "",
  fits: ({ name }) => name,
};
const COLUMNS = [SKU, NAME];

/** A list of which these pages are loaded, looked at where a page begins. */
function look(contents: Contents<Row>, pages: readonly Row[], page = 0) {
  const rowAt = (index: number) => pages[Math.floor(index / PAGE_ROWS)];
  const first = page * PAGE_ROWS;
  contents.note({ columns: COLUMNS, rowAt, first, end: first + 1 });
  return { sku: contents.of(SKU).whole, name: contents.of(NAME).fits };
}

test("a column that shows other things is measured anew, and those beside it keep their room", () => {
  const contents = new Contents<Row>();
  const before = look(contents, [{ sku: "A-1000000", name: "A very long name" }]);
  const icons = { ...SKU, whole: () => "" };
  contents.note({ columns: [icons, NAME], rowAt: () => undefined, first: 0, end: 1 });
  expect(contents.of(icons).whole).toBe(0);
  expect(contents.of(NAME).fits).toBe(before.name);
});

test("a column that shows nothing is known to need no room, unlike one that was not seen", () => {
  const contents = new Contents<Row>();
  expect(contents.of(NAME).fits).toBe(0);
  expect(look(contents, [{ sku: "A-1", name: "" }]).name).toBe(1);
  const seen = { whole: 0, fits: 1 };
  expect(sizeOf({ ...NAME, grow: true }, seen, undefined)).toMatchObject({ grows: false });
  const unseen = { whole: 0, fits: 0 };
  expect(sizeOf({ ...NAME, grow: true }, unseen, undefined)).toMatchObject({ grows: true });
});

test("a column has room for what is never cut, wherever it comes, and for the words of the first page", () => {
  const contents = new Contents<Row>();
  const short = { sku: "A-1", name: "Mug" };
  const long = { sku: "ACME/HRD-000000-C", name: "Mug of stoneware, speckled" };
  const before = look(contents, [short, long]);
  const after = look(contents, [short, long], 1);
  expect(after.sku).toBeGreaterThan(before.sku);
  expect(after.name, "no word makes a column jump while the list is read on").toBe(before.name);
  expect(look(contents, [short])).toEqual(after);
  expect(look(contents, [{ ...long }]).name).toBeGreaterThan(before.name);
});
