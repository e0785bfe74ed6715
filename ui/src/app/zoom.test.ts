import { fireEvent } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { stubHost } from "../test/stubHost";
import { followZoomKeys, zoomedBy } from "./zoom";

let stop = () => {};
afterEach(() => stop());

/** Follows the keys, and notes the sizes that the window was given. */
function follow() {
  const zoom = vi.fn((_factor: number) => Promise.resolve());
  stop = followZoomKeys({ ...stubHost(() => null), zoom });
  return zoom;
}

test.each([
  ["+", 1, 1.1],
  ["=", 1.1, 1.25],
  ["-", 1, 0.9],
  ["+", 2, 2],
  ["-", 0.7, 0.7],
  ["0", 1.75, 1],
  ["a", 1, null],
])("Ctrl %s at %s leads to %s", (key, from, to) => {
  expect(zoomedBy(key, from)).toBe(to);
});

test("the size is remembered and taken up again at the next start", () => {
  const zoom = follow();
  expect(zoom).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "+", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "+", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "+" });
  expect(zoom.mock.calls).toEqual([[1.1], [1.25]]);
  stop();
  expect(follow().mock.calls).toEqual([[1.25]]);
});

test("zero brings the page's own size back", () => {
  localStorage.setItem("backstock.zoom", "1.5");
  const zoom = follow();
  fireEvent.keyDown(document.body, { key: "0", ctrlKey: true });
  expect(zoom.mock.calls).toEqual([[1.5], [1]]);
  stop();
  expect(follow()).not.toHaveBeenCalled();
});
