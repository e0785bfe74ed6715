import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { BatchTitle, wholeTitle } from "./BatchTitle";

const TRASH = { origin: "trash", title: "Move to the trash: TSHIRT-001-BLK-S and 1 more" } as const;

test("where there is little room for a title, its verb gives way before its codes", () => {
  render(<BatchTitle batch={TRASH} />);
  const head = screen.getByTitle(TRASH.title).firstElementChild;
  expect(head).toHaveTextContent("Move to the trash:");
  expect(head?.nextSibling).toHaveTextContent("TSHIRT-001-BLK-S and 1 more");
});

test("room is kept for the codes in a title, and not for the names of files", () => {
  expect(wholeTitle(TRASH)).toContain("TSHIRT-001-BLK-S and 1 more");
  expect(wholeTitle(TRASH)).not.toContain("trash");
  expect(wholeTitle({ origin: "form", title: "Edit TSHIRT-001-BLK-S" })).toContain(
    "Edit TSHIRT-001-BLK-S",
  );
  expect(wholeTitle({ origin: "import", title: "Import supplier-june.csv" })).toBe("");
});

test("no title takes the whole window", () => {
  const title = `Move to the trash: ${"A".repeat(400)}`;
  expect(wholeTitle({ origin: "trash", title }).length).toBeLessThan(60);
});
