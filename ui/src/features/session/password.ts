/** The core refuses shorter passwords. */
export const LEAST_PASSWORD = 10;

/** How many characters are missing still, in words; null when there are enough. */
export function missingCharacters(password: string): string | null {
  const missing = LEAST_PASSWORD - Array.from(password).length;
  if (missing <= 0) return null;
  if (missing === LEAST_PASSWORD) {
    return `${LEAST_PASSWORD} characters or more. A few words make a good one.`;
  }
  return `${missing} more ${missing === 1 ? "character" : "characters"}.`;
}

/** How hard a password is to guess, from 0 to 4, in a word. */
export const STRENGTHS = ["Very weak.", "Weak.", "Fair.", "Good.", "Strong."] as const;
