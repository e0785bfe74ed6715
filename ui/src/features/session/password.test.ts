import { expect, test } from "vitest";

import { missingCharacters } from "./password";

test.each([
  ["", "10 characters or more"],
  ["123456789", "1 more character."],
  ["12345", "5 more characters."],
])("%j says how much is missing", (password, part) =>
  expect(missingCharacters(password)).toContain(part),
);

test("characters are counted as people count them", () => {
  expect(missingCharacters("ab🔑🔑🔑🔑🔑🔑🔑🔑")).toBeNull();
  expect(missingCharacters("🔑🔑🔑🔑🔑")).toBe("5 more characters.");
});
