/** Calendar days of this machine, as addresses name them: 2026-11-22. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day that an address names; undefined for what is none. */
export function dayOf(text: string | null): string | undefined {
  return text !== null && DAY.test(text) ? text : undefined;
}

/** When a day begins on this machine, or one so many days later. */
export function startOf(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

/** The last moment of a day. */
export function endOf(day: string): number {
  return startOf(day, 1) - 1;
}
