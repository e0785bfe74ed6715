import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { MiddleCut } from "./MiddleCut";

test("a long text keeps its end apart, and is one text still", () => {
  const { container } = render(<MiddleCut text="TSHIRT-001-ORGANIC-BLK-S" />);
  expect(container).toHaveTextContent("TSHIRT-001-ORGANIC-BLK-S");
  expect(screen.getByTitle("TSHIRT-001-ORGANIC-BLK-S").firstChild).toHaveTextContent(
    /^TSHIRT-001-ORGANIC$/,
  );
});

test("a short one is not taken apart, nor is a letter of two halves", () => {
  render(<MiddleCut text="TSHIRT-001-BLK-S" />);
  expect(screen.getByText("TSHIRT-001-BLK-S")).toBeInTheDocument();
  const { container } = render(<MiddleCut text={`${"x".repeat(20)}👕👕👕👕👕👕`} />);
  expect(container.querySelector("span > span")).toHaveTextContent("x".repeat(20));
});
