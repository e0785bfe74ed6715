import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

import type { PasswordCheck } from "../../bindings";
import { useHost } from "../../host/context";
import { missingCharacters, STRENGTHS } from "./password";

/** Whose password it is: it must not hold their own e-mail name. */
export interface PasswordOwner {
  email?: string;
  name?: string;
}

/** What can be said of a password while it is typed. */
export interface PasswordJudgement {
  /** From 0 to 4. */
  strength: number;
  text: string;
  /** Whether a rule is broken. Until the core has answered there is none but the length. */
  isRefused: boolean;
}

/** How long nothing was typed before the core is asked. */
const REST_MS = 200;

/** Judges a password by the core's rules. The password is kept nowhere but in the field. */
export function usePasswordCheck(owner: PasswordOwner) {
  const host = useHost();
  const [checked, setChecked] = useState<{ password: string; check: PasswordCheck } | null>(null);
  const ask = useDebouncedCallback((password: string) => {
    if (missingCharacters(password) !== null) return;
    host
      .call("passwords.check", { password, ...owner })
      .then((check) => setChecked({ password, check }))
      // Only a hint: what breaks a rule is refused when it is saved.
      .catch(() => setChecked(null));
  }, REST_MS);
  const judge = (password: string): PasswordJudgement => {
    const missing = missingCharacters(password);
    if (missing !== null) return { strength: 0, text: missing, isRefused: true };
    if (checked === null) return { strength: 0, text: "", isRefused: false };
    const { problem, strength, hint } = checked.check;
    // While the next answer is awaited the one before stays, so that nothing flickers.
    const isCurrent = checked.password === password;
    const words = problem ?? [STRENGTHS[strength] ?? "", hint ?? ""].join(" ").trim();
    return { strength, text: words, isRefused: isCurrent && problem !== undefined };
  };
  return { ask, judge };
}
