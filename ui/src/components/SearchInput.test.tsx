import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { SearchInput } from "./SearchInput";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The search of a list that is narrowed to what it is told. */
function show() {
  const onSearch = vi.fn<(query: string) => void>();
  const search = (initial: string) => (
    <MantineProvider>
      <SearchInput
        label="Search"
        placeholder="Search"
        initial={initial}
        onSearch={onSearch}
        testid="search"
      />
    </MantineProvider>
  );
  const { rerender } = render(search(""));
  return {
    onSearch,
    type: (text: string) => {
      fireEvent.change(screen.getByTestId("search"), { target: { value: text } });
      act(() => {
        vi.advanceTimersByTime(200);
      });
    },
    narrowTo: (query: string) => rerender(search(query)),
  };
}

test("what is typed stays while the list is narrowed to what was typed before", () => {
  const { type, narrowTo, onSearch } = show();
  type("m");
  type("mug");
  narrowTo("m");
  expect(screen.getByTestId("search")).toHaveValue("mug");
  narrowTo("mug");
  expect(screen.getByTestId("search")).toHaveValue("mug");
  expect(onSearch.mock.calls).toEqual([["m"], ["mug"]]);
});

test("a link that narrows the list in another way is followed", () => {
  const { type, narrowTo } = show();
  type("mug");
  narrowTo("mug");
  narrowTo("");
  expect(screen.getByTestId("search")).toHaveValue("");
});
