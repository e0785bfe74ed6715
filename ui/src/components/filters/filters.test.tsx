import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";

import { expectAccessible } from "../../test/accessible";
import { FacetFilter, FilterBar } from ".";

const show = (content: ReactNode) =>
  render(<MantineProvider env="test">{content}</MantineProvider>);

const BRANDS = [
  { value: "", label: "No brand", count: 2 },
  { value: "Alder", label: "Alder", count: 12 },
  { value: "Morrow", label: "Morrow", count: 3 },
];

test("the bar says how many filters narrow the list, opens where it is narrow, and clears", async () => {
  const onClear = vi.fn<() => void>();
  show(
    <FilterBar active={2} onClear={onClear}>
      <span>the filters</span>
    </FilterBar>,
  );
  const toggle = screen.getByTestId("filters-toggle");
  expect(toggle).toHaveTextContent("Filters: 2");
  await userEvent.click(toggle);
  expect(toggle).toHaveAttribute("aria-expanded", "true");
  await userEvent.click(screen.getByTestId("clear-filters"));
  expect(onClear).toHaveBeenCalledTimes(1);
});

test("without a filter there is nothing to clear", () => {
  show(
    <FilterBar active={0} onClear={() => {}}>
      <span>the filters</span>
    </FilterBar>,
  );
  expect(screen.queryByTestId("clear-filters")).not.toBeInTheDocument();
});

test("values are found by typing, and any number of them can be chosen", async () => {
  const onChange = vi.fn<(value: string[]) => void>();
  show(
    <FacetFilter
      label="Brand"
      find="Find a brand"
      options={BRANDS}
      value={["Alder"]}
      onChange={onChange}
      testid="brand"
    />,
  );
  expect(screen.getByTestId("brand")).toHaveTextContent("Brand: Alder");
  await userEvent.click(screen.getByTestId("brand"));
  await userEvent.type(await screen.findByRole("textbox", { name: "Find a brand" }), "no");
  await userEvent.click(screen.getByRole("checkbox", { name: /No brand/ }));
  expect(onChange).toHaveBeenLastCalledWith(["Alder", ""]);
  expect(screen.queryByRole("checkbox", { name: /Morrow/ })).not.toBeInTheDocument();
  await expectAccessible();
});

test("of a single choice another one takes the place, and the list closes", async () => {
  const onChange = vi.fn<(value: string[]) => void>();
  show(
    <FacetFilter
      label="Brand"
      find="Find a brand"
      options={BRANDS}
      value={["Alder"]}
      onChange={onChange}
      isSingle
      testid="brand"
    />,
  );
  await userEvent.click(screen.getByTestId("brand"));
  await userEvent.click(await screen.findByRole("radio", { name: /Morrow/ }));
  expect(onChange).toHaveBeenLastCalledWith(["Morrow"]);
  expect(screen.queryByRole("radio")).not.toBeInTheDocument();
});
