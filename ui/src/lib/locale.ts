/**
 * The person's locale. The POSIX one, which programs without a desktop's settings get, neither
 * groups digits nor says anything about the person: plain English stands in for it.
 */
export function localeOf(resolved: string): string {
  return resolved.toLowerCase().includes("posix") ? "en-US" : resolved;
}

/** The locale that numbers, dates and money are written in. */
export const LOCALE = localeOf(new Intl.NumberFormat().resolvedOptions().locale);
