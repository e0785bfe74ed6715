import { describe, expect, it } from "vitest";

import { isNarrowed, readView, toFilter, writeView } from "./filters";

describe("the address of the history", () => {
  it("is read back as it was written", () => {
    const view = {
      q: "BS-1",
      person: "u1",
      kind: "user",
      origin: "sign_in",
      field: "user.role",
      from: "2026-11-01",
      to: "2026-11-22",
    } as const;
    expect(readView(writeView(view))).toEqual(view);
  });

  it("leaves out what it does not understand", () => {
    expect(readView(new URLSearchParams("kind=ship&origin=magic&from=yesterday&q="))).toEqual({});
  });
});

it("a day is asked for from its first to its last moment", () => {
  const { from, to } = toFilter({ from: "2026-11-01", to: "2026-11-01" });
  expect(from).toBe(new Date(2026, 10, 1).getTime());
  expect(to).toBe(new Date(2026, 10, 2).getTime() - 1);
});

it("one origin is asked for as a list of one, and what is not asked for as nothing", () => {
  expect(toFilter({ q: "BS", origin: "import" })).toMatchObject({
    search: "BS",
    origins: ["import"],
    person: null,
    from: null,
  });
});

it("knows whether anything narrows the list", () => {
  expect(isNarrowed(readView(new URLSearchParams()))).toBe(false);
  expect(isNarrowed(readView(new URLSearchParams("batch=b1")))).toBe(true);
});
