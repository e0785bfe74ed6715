import { expect, test } from "vitest";

import { formatAgo, formatBytes, formatCount, formatDuration, plainMoment } from "./format";
import { localeOf } from "./locale";

test("a machine without a locale writes plain English, with grouped digits", () => {
  expect(localeOf("en-US-u-va-posix")).toBe("en-US");
  expect(localeOf("de-AT")).toBe("de-AT");
});

const NOW = Date.UTC(2026, 10, 22, 12);

test.each([
  [0, "just now"],
  [44_000, "just now"],
  [60_000, "1 minute ago"],
  [3 * 3_600_000, "3 hours ago"],
  [86_400_000, "yesterday"],
  [30 * 86_400_000, "Oct 23, 2026"],
])("%d ms ago reads %j", (passed, text) => {
  expect(formatAgo(NOW - passed, NOW)).toBe(text);
});

test.each([
  [7_000, "0:07"],
  [130_000, "2:10"],
  [3_730_000, "1:02:10"],
])("%d ms read %j", (length, text) => {
  expect(formatDuration(length)).toBe(text);
});

test("sizes and counts are written as people say them", () => {
  expect(formatBytes(999)).toBe("999 bytes");
  expect(formatBytes(2_345_678)).toBe("2.3 MB");
  expect(formatCount(1, "row")).toBe("1 row");
  expect(formatCount(1204, "change")).toBe("1,204 changes");
});

test("a moment is copied as spreadsheets read it, in the time of this machine", () => {
  expect(plainMoment(new Date(2026, 0, 5, 7, 4, 59).getTime())).toBe("2026-01-05 07:04");
});
