import { expect, it } from "vitest";

import { originsOf } from "./originFilter";

it("lists imports with their undos, everything, or one origin", () => {
  expect(originsOf("imports", null)).toEqual(["import", "practice", "undo"]);
  expect(originsOf("all", null)).toBeNull();
  expect(originsOf("all", "form")).toEqual(["form"]);
  expect(originsOf("imports", "undo")).toEqual(["undo"]);
});
