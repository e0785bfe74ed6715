import { formatDecimal, numberMarks } from "./decimal";
import { LOCALE } from "./locale";

// Formatters are dear to make and a grid needs thousands of numbers a second, so each exists once.
const marks = numberMarks();
const integers = new Intl.NumberFormat(LOCALE);
const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
const moments = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const bytes = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** A whole number, grouped as the person's locale does. */
export function formatInteger(value: number): string {
  return integers.format(value);
}

/** A measure with as many decimals as it has; empty text for no value. */
export function formatMeasure(units: number | null | undefined): string {
  return units === null || units === undefined ? "" : formatDecimal(units, { marks });
}

/** A calendar date of the form 2026-12-31. */
export function formatDate(iso: string): string {
  const moment = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(moment) ? iso : dates.format(moment);
}

/** A moment in the person's time zone. */
export function formatMoment(timestamp: number): string {
  return moments.format(timestamp);
}

const two = (part: number) => String(part).padStart(2, "0");

/** A moment in the person's time zone as spreadsheets read it: 2026-12-31 17:05. */
export function plainMoment(timestamp: number): string {
  const moment = new Date(timestamp);
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

const times = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" });

/** The time of day of a moment of today, the date as well of any other. */
export function formatTime(timestamp: number, now = Date.now()): string {
  const isToday = new Date(timestamp).toDateString() === new Date(now).toDateString();
  return isToday ? times.format(timestamp) : formatMoment(timestamp);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How long ago, up to a week; the date from then on. */
export function formatAgo(timestamp: number, now = Date.now()): string {
  const passed = now - timestamp;
  if (passed < 45_000 && passed > -45_000) return "just now";
  if (Math.abs(passed) > 7 * 86_400_000) return dates.format(timestamp);
  for (const [unit, size] of STEPS) {
    if (Math.abs(passed) >= size) return relative.format(-Math.round(passed / size), unit);
  }
  return relative.format(-Math.round(passed / 60_000), "minute");
}

/** A length of time as a clock: 0:07, 2:10, 1:02:10. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const tail = String(seconds).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A file's size. */
export function formatBytes(size: number): string {
  if (size < 1000) return `${integers.format(size)} bytes`;
  if (size < 1_000_000) return `${bytes.format(size / 1000)} kB`;
  if (size < 1_000_000_000) return `${bytes.format(size / 1_000_000)} MB`;
  return `${bytes.format(size / 1_000_000_000)} GB`;
}

/** "1 product", "2 products". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}
