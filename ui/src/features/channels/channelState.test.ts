import { expect, test } from "vitest";

import type { ListingSums } from "../../bindings";
import { stateOf } from "./channelState";

const NOTHING: ListingSums = {
  linked: 3,
  unmatched: 0,
  ignored: 0,
  wantedHere: 0,
  wantedThere: 0,
  gone: 0,
  failed: 0,
  pending: 0,
  waiting: 0,
  conflicts: 0,
};

/** The word for a channel that was read, with these numbers. */
function label(sums: Partial<ListingSums>): string {
  return stateOf({
    record: { fields: {} },
    sums: { ...NOTHING, ...sums },
    fetchedAt: 1,
    byItself: { problem: null },
  }).label;
}

test("a channel is in step only when nothing failed, waits or is unmatched", () => {
  expect(label({})).toBe("In step");
  expect(label({ unmatched: 2350 })).toBe("2,350 to match");
  expect(label({ unmatched: 5, waiting: 2 })).toBe("2 waiting");
  expect(label({ waiting: 2, failed: 1 })).toBe("1 failed");
  expect(label({ failed: 1, conflicts: 1 })).toBe("1 conflict");
});
