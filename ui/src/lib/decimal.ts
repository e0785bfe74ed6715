import { LOCALE } from "./locale";

/** How many units of the integer make one: money and measures are integers of 1/10000. */
export const DECIMAL_SCALE = 10_000;

/** The largest magnitude that the core takes: 99,999,999,999.9999. */
export const DECIMAL_MAX = 999_999_999_999_999;

/** What a locale writes between groups of digits and before the decimals. */
export interface NumberMarks {
  decimal: string;
  group: string;
}

const marksOfLocale = new Map<string, NumberMarks>();

/** The marks of `locale`, or of the window's own locale. */
export function numberMarks(locale = LOCALE): NumberMarks {
  const known = marksOfLocale.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const find = (type: string) => parts.find((part) => part.type === type)?.value;
  const marks = { decimal: find("decimal") ?? ".", group: find("group") ?? "," };
  marksOfLocale.set(locale, marks);
  return marks;
}

/** What came of reading a typed number. */
export type ParsedNumber = { ok: true; units: number | null } | { ok: false; message: string };

const ASK_FOR_DIGITS = "Type digits, such as";

/**
 * Reads a typed amount exactly, without floats: at most four decimals. The locale's decimal mark
 * is understood, and a point as well where it cannot be the grouping mark. Who typed something else
 * is told `example`.
 */
export function parseDecimal(
  text: string,
  marks: NumberMarks = numberMarks(),
  example = `12${marks.decimal}90`,
): ParsedNumber {
  const typed = text.trim().replaceAll(/[\s\u00a0\u202f]/g, "");
  if (typed === "") return { ok: true, units: null };
  const plain = toPlain(typed, marks);
  const match = plain === null ? null : /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (!match || whole + fraction === "") {
    return {
      ok: false,
      message: `"${text.trim()}" is not a number. ${ASK_FOR_DIGITS} ${example}.`,
    };
  }
  const decimals = fraction.replace(/0+$/, "");
  if (decimals.length > 4) {
    return { ok: false, message: "At most four decimals. Shorten the number." };
  }
  const digits = whole.replace(/^0+/, "");
  if (digits.length > 11) return { ok: false, message: "The number is too large." };
  const units = Number(digits || "0") * DECIMAL_SCALE + Number(decimals.padEnd(4, "0"));
  return { ok: true, units: sign === "-" && units !== 0 ? -units : units };
}

/** The typed number with a point before the decimals and no grouping; null when it is neither. */
function toPlain(typed: string, marks: NumberMarks): string | null {
  const { decimal, group } = marks;
  if (typed.includes(group) && /[.,'’]/.test(group)) {
    const [whole = "", ...rest] = typed.split(decimal);
    const grouped = new RegExp(`^-?\\d{1,3}(?:\\${group}\\d{3})+$`);
    if (grouped.test(whole) && rest.length <= 1) {
      return [whole.replaceAll(group, ""), ...rest].join(".");
    }
    // A lone point that cannot group ("12.90" where the point groups) is meant as the decimal mark.
    if (group === "." && !typed.includes(decimal)) return typed;
    return null;
  }
  return typed.replace(decimal, ".");
}

/** Reads a typed whole number. */
export function parseInteger(text: string, marks: NumberMarks = numberMarks()): ParsedNumber {
  const parsed = parseDecimal(text, marks, "10");
  if (!parsed.ok || parsed.units === null) return parsed;
  if (parsed.units % DECIMAL_SCALE !== 0) {
    return {
      ok: false,
      message: `"${text.trim()}" is not a whole number. ${ASK_FOR_DIGITS} 10.`,
    };
  }
  return { ok: true, units: parsed.units / DECIMAL_SCALE };
}

/** An exact integer of 1/10000 as text, with at least `minDecimals` decimals. */
export function formatDecimal(
  units: number,
  { minDecimals = 0, marks = numberMarks(), grouped = true } = {},
): string {
  const sign = units < 0 ? "-" : "";
  const magnitude = Math.abs(units);
  const whole = String(Math.floor(magnitude / DECIMAL_SCALE));
  const fraction = String(magnitude % DECIMAL_SCALE)
    .padStart(4, "0")
    .replace(/0+$/, "")
    .padEnd(minDecimals, "0");
  const head = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, marks.group) : whole;
  return sign + head + (fraction === "" ? "" : marks.decimal + fraction);
}
