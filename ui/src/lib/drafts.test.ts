import { afterEach, expect, test, vi } from "vitest";

import { draftTime, keepDraft, readDraft } from "./drafts";

afterEach(() => vi.useRealTimers());

test("a draft is as old as its last change, however often it is opened", () => {
  vi.useFakeTimers({ now: 1000 });
  keepDraft("one", { name: "Mug" });
  vi.setSystemTime(2000);
  keepDraft("one", { name: "Mug" });
  expect(draftTime("one")).toBe(1000);
  keepDraft("one", { name: "Mug, blue" });
  expect(draftTime("one")).toBe(2000);
  expect(readDraft("one")).toEqual({ name: "Mug, blue" });
  keepDraft("one", null);
  expect([readDraft("one"), draftTime("one")]).toEqual([null, null]);
});

test.each(["{", "null", "7", '{"draft":{}}'])("what is no draft is none: %s", (stored) => {
  localStorage.setItem("backstock.draft.two", stored);
  expect(readDraft("two")).toBeNull();
});
