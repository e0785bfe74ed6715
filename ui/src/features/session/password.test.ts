import { expect, test } from "vitest";

import { judgePassword } from "./password";

test.each([
  ["", false, "10 characters or more"],
  ["123456789", false, "1 more character."],
  ["aaaaaaaaaaaa", true, "Easy to guess"],
  ["correct horse", true, "Good"],
  ["correct horse battery", true, "Strong"],
])("%j is accepted: %j", (password, accepted, part) => {
  const hint = judgePassword(password);
  expect(hint.accepted).toBe(accepted);
  expect(hint.text).toContain(part);
});
