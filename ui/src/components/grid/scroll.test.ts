import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  fullHeight,
  isCapped,
  lastPosition,
  MAX_SCROLL_HEIGHT,
  revealRow,
  scrollHeight,
  toPosition,
  toScrollTop,
  windowAt,
  type Extent,
} from "./scroll";

const extents: fc.Arbitrary<Extent> = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20_000_000 })),
  rowHeight: fc.integer({ min: 20, max: 80 }),
  viewport: fc.integer({ min: 100, max: 2000 }),
});
const fractions = fc.double({ min: 0, max: 1, noNaN: true });

describe("scrolling over any number of rows", () => {
  test("what is scrolled is never higher than WebKit can paint", () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(scrollHeight(extent)).toBeLessThanOrEqual(MAX_SCROLL_HEIGHT);
        expect(scrollHeight(extent) < fullHeight(extent)).toBe(isCapped(extent));
      }),
    );
  });

  test("the scroll bar and the position say the same", () => {
    fc.assert(
      fc.property(extents, fractions, (extent, fraction) => {
        const position = lastPosition(extent) * fraction;
        const there = toPosition(toScrollTop(position, extent), extent);
        expect(Math.abs(there - position)).toBeLessThan(0.01);
      }),
    );
  });

  test("both ends can be reached", () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(toPosition(0, extent)).toBe(0);
        expect(toPosition(MAX_SCROLL_HEIGHT, extent)).toBe(lastPosition(extent));
        const end = lastPosition(extent);
        expect(windowAt(end, toScrollTop(end, extent), extent, 0).end).toBe(extent.rows);
      }),
    );
  });

  test("the drawn rows cover what is seen, and stand inside the scrolled area", () => {
    fc.assert(
      fc.property(extents, fractions, (extent, fraction) => {
        const position = lastPosition(extent) * fraction;
        const scrollTop = toScrollTop(position, extent);
        const { first, end, top } = windowAt(position, scrollTop, extent, 3);
        const bottom = top + (end - first) * extent.rowHeight;
        expect(top).toBeLessThanOrEqual(scrollTop + 0.01);
        const seenEnd = Math.min(scrollTop + extent.viewport, scrollHeight(extent));
        expect(bottom).toBeGreaterThanOrEqual(seenEnd - 0.01);
        const most = Math.ceil(extent.viewport / extent.rowHeight) + 8;
        expect(end - first).toBeLessThanOrEqual(most);
      }),
    );
  });

  test("a revealed row is seen whole, and one that is seen does not move the list", () => {
    fc.assert(
      fc.property(extents, fractions, fractions, (extent, fraction, place) => {
        const row = Math.floor((extent.rows - 1) * place);
        const position = revealRow(row, lastPosition(extent) * fraction, extent);
        const top = row * extent.rowHeight - position;
        expect(top).toBeGreaterThanOrEqual(-0.01);
        expect(top + extent.rowHeight).toBeLessThanOrEqual(extent.viewport + 0.01);
        expect(revealRow(row, position, extent)).toBe(position);
      }),
    );
  });
});
