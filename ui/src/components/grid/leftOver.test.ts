import { expect, test } from "vitest";

import { leftOver } from "./leftOver";

const block = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => "1"));

test.each([
  { rows: 3, columns: 2, row: 7, column: 1, told: null },
  {
    rows: 3,
    columns: 1,
    row: 9,
    column: 0,
    told: "The table ends there: 2 rows of what you pasted had no place.",
  },
  {
    rows: 1,
    columns: 4,
    row: 0,
    column: 3,
    told: "The table ends there: 3 columns of what you pasted had no place.",
  },
  {
    rows: 2,
    columns: 2,
    row: 9,
    column: 3,
    told: "The table ends there: 1 row and 1 column of what you pasted had no place.",
  },
])("of $rows by $columns cells at $row, $column", ({ rows, columns, row, column, told }) => {
  const size = { rows: 10, columns: 4 };
  expect(leftOver(block(rows, columns), { row, column }, size)).toBe(told);
});
