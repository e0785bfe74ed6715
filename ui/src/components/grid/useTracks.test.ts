import { expect, test } from "vitest";

import { widthOf } from "./useTracks";

/** As the window's type has them at its size of 13 pixels, measured in the app. */
test.each([
  ["12,345,678", 68],
  ["ACME/HRD-000000-C", 141],
  ["WMW-MM-W", 86],
])("%s is given the room that it needs", (text, needed) => {
  expect(widthOf(text)).toBeGreaterThanOrEqual(needed);
});

test("no text is given half as much again", () => {
  expect(widthOf("ACME/HRD-000000-C")).toBeLessThan(141 * 1.5);
});
