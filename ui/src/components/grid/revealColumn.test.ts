import fc from "fast-check";
import { expect, test } from "vitest";

import { scrolledTo } from "./revealColumn";

test("a column that is seen moves nothing", () => {
  const strip = { scrolled: 100, seen: 600, pinned: 80 };
  expect(scrolledTo({ left: 200, width: 120 }, strip)).toBe(100);
});

test("a column beyond the right edge comes to stand at it", () => {
  const strip = { scrolled: 0, seen: 600, pinned: 0 };
  expect(scrolledTo({ left: 700, width: 100 }, strip)).toBe(200);
});

test("a column under those that are pinned comes to stand beside them", () => {
  const strip = { scrolled: 300, seen: 600, pinned: 80 };
  expect(scrolledTo({ left: 310, width: 100 }, strip)).toBe(230);
});

test("of every column the beginning is seen, and its end where there is room for it", () => {
  const length = fc.integer({ min: 0, max: 2_000 });
  fc.assert(
    fc.property(length, length, length, length, length, (left, width, scrolled, seen, pinned) => {
      fc.pre(left >= pinned && seen > pinned);
      const to = scrolledTo({ left, width }, { scrolled, seen, pinned });
      expect(to).toBeGreaterThanOrEqual(0);
      expect(left - to).toBeGreaterThanOrEqual(pinned);
      expect(Math.min(width, seen - pinned)).toBeLessThanOrEqual(seen - (left - to));
    }),
  );
});
