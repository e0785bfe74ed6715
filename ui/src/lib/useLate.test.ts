import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { useLate } from "./useLate";

afterEach(() => vi.useRealTimers());

test("what takes a moment is not late, what takes longer is until it ends", () => {
  vi.useFakeTimers();
  const { result, rerender } = renderHook(({ lasts }) => useLate(lasts), {
    initialProps: { lasts: true },
  });
  act(() => void vi.advanceTimersByTime(200));
  expect(result.current).toBe(false);
  act(() => void vi.advanceTimersByTime(100));
  expect(result.current).toBe(true);
  rerender({ lasts: false });
  expect(result.current).toBe(false);
  rerender({ lasts: true });
  expect(result.current).toBe(false);
});
