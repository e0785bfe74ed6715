import { act, renderHook } from "@testing-library/react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, it } from "vitest";

import { useReviewFilter } from "./useReviewFilter";

function renderFilter(address: string) {
  return renderHook(() => ({ filter: useReviewFilter(), at: useLocation().search }), {
    wrapper: ({ children }) => <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>,
  });
}

it("stands in the address", () => {
  const { result } = renderFilter("/?outcome=error&find=stock&row=3");
  expect(result.current.filter).toMatchObject({ outcome: "error", search: "stock", open: 3 });
});

it("shows everything where the address makes no sense", () => {
  expect(renderFilter("/?outcome=nonsense").result.current.filter.outcome).toBe("all");
});

it("forgets nothing when two changes come before the address has followed", () => {
  const { result } = renderFilter("/?row=3");
  act(() => {
    result.current.filter.openRow(null);
    result.current.filter.find("mug");
  });
  expect(result.current.at).toBe("?find=mug");
});
