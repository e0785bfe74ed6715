/** The core refuses shorter passwords. */
export const LEAST_PASSWORD = 10;

/** What can be said of a password while it is typed. */
export interface PasswordHint {
  /** From 0 to 3. */
  strength: 0 | 1 | 2 | 3;
  text: string;
  accepted: boolean;
}

/** Judges by length and variety: length counts most. */
export function judgePassword(password: string): PasswordHint {
  const characters = Array.from(password);
  const missing = LEAST_PASSWORD - characters.length;
  if (missing > 0) {
    const text =
      missing === LEAST_PASSWORD
        ? `${LEAST_PASSWORD} characters or more. A few words make a good one.`
        : `${missing} more ${missing === 1 ? "character" : "characters"}.`;
    return { strength: 0, text, accepted: false };
  }
  const variety = new Set(characters).size;
  if (variety < 5)
    return { strength: 1, text: "Easy to guess: few different ones.", accepted: true };
  if (characters.length >= 16 && variety >= 9) {
    return { strength: 3, text: "Strong.", accepted: true };
  }
  return { strength: 2, text: "Good. A longer one is stronger.", accepted: true };
}
