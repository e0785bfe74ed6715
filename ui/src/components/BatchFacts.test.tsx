import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Sum } from "../bindings";
import { BatchFacts, factsText, sumText } from "./BatchFacts";

const SUMS: Sum[] = [
  { part: "create", count: 1200, words: "created" },
  { part: "update", count: 0, words: "updated" },
  { part: "trash", count: 3, words: "moved to the trash" },
];

test("a batch says what became of its records, in the words of the core, zeros left out", () => {
  render(<BatchFacts batch={{ sums: SUMS }} />);
  expect(screen.getByTestId("fact-create")).toHaveTextContent("1,200 created");
  expect(screen.getByTestId("fact-trash")).toHaveTextContent("3 moved to the trash");
  expect(screen.queryByTestId("fact-update")).not.toBeInTheDocument();
});

test("numbers are told in words for the clipboard, too", () => {
  expect(factsText({ sums: SUMS })).toBe("1200 created, 3 moved to the trash");
  expect(factsText({ sums: [] })).toBe("nothing changed");
  expect(sumText(SUMS)).toBe("1,200 created, 3 moved to the trash");
});
