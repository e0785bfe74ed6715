import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Origin } from "../bindings";
import { NO_BATCH_COUNTS } from "../test/batchCounts";
import { BatchFacts, factsText } from "./BatchFacts";

const origins: [Origin, string][] = [
  ["import", "2 updated"],
  ["trash", "2 trashed"],
  ["restore", "2 restored"],
  ["purge", "2 deleted for good"],
];

test.each(origins)("a batch of the origin %s says what became of its records", (origin, words) => {
  const batch = { origin, counts: { ...NO_BATCH_COUNTS, read: 2, updated: 2 } };
  render(<BatchFacts batch={batch} />);
  expect(screen.getByTestId("fact-updated")).toHaveTextContent(words);
  expect(factsText(batch)).toBe(words);
});

test("numbers are told in words for the clipboard, too", () => {
  const counts = { ...NO_BATCH_COUNTS, read: 5, created: 2, rejected: 3, implied: 1 };
  expect(factsText({ origin: "import", counts })).toBe(
    "2 created, 3 rejected, 1 made from their variants",
  );
  expect(factsText({ origin: "import", counts: NO_BATCH_COUNTS })).toBe("nothing changed");
});
