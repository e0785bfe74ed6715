import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { BatchCounts, Origin } from "../bindings";
import { NO_BATCH_COUNTS } from "../test/batchCounts";
import { BatchFacts, factsText } from "./BatchFacts";

const batches: [Origin, Partial<BatchCounts>, string][] = [
  ["import", { updated: 2 }, "2 updated"],
  ["trash", { updated: 2, trashed: 2 }, "2 trashed"],
  ["restore", { updated: 2, restored: 2 }, "2 restored"],
  ["purge", { updated: 2 }, "2 deleted for good"],
  ["undo", { updated: 900, trashed: 900 }, "900 trashed"],
  ["undo", { updated: 6, trashed: 3, restored: 1 }, "2 updated, 3 trashed, 1 restored"],
];

test.each(batches)("a batch of the origin %s with %j says what became of its records", (...of) => {
  const [origin, counts, words] = of;
  const batch = { origin, counts: { ...NO_BATCH_COUNTS, read: counts.updated ?? 0, ...counts } };
  render(<BatchFacts batch={batch} />);
  for (const each of words.split(", ")) expect(screen.getByText(inFull(each))).toBeVisible();
  expect(factsText(batch)).toBe(words);
});

function inFull(text: string) {
  return (_: string, element: Element | null) =>
    element?.getAttribute("data-testid")?.startsWith("fact-") === true &&
    element.textContent === text;
}

test("numbers are told in words for the clipboard, too", () => {
  const counts = { ...NO_BATCH_COUNTS, read: 5, created: 2, rejected: 3, implied: 1 };
  expect(factsText({ origin: "import", counts })).toBe(
    "2 created, 3 rejected, 1 made from their variants",
  );
  expect(factsText({ origin: "import", counts: NO_BATCH_COUNTS })).toBe("nothing changed");
});
