import { formatDecimal, numberMarks } from "./decimal";
import { LOCALE } from "./locale";

/** How a currency is written: what stands before and after the digits, and how many decimals. */
export interface MoneyStyle {
  before: string;
  after: string;
  decimals: number;
}

/** Amounts of which it is not known, or not said, in which currency they are. */
export const UNSIGNED: MoneyStyle = { before: "", after: "", decimals: 2 };

const marks = numberMarks();
let current = UNSIGNED;
let currentCode = "";

/** How `locale` writes amounts of a currency; without a sign when no currency was chosen. */
export function moneyStyle(code: string, locale = LOCALE): MoneyStyle {
  if (code === "") return UNSIGNED;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
  });
  const parts = format.formatToParts(1);
  const first = parts.findIndex(({ type }) => type === "integer");
  const last = parts.findLastIndex(({ type }) => type === "integer" || type === "fraction");
  const text = (some: typeof parts) => some.map(({ value }) => value).join("");
  return {
    before: text(parts.slice(0, first)),
    after: text(parts.slice(last + 1)),
    decimals: format.resolvedOptions().minimumFractionDigits ?? UNSIGNED.decimals,
  };
}

/**
 * Says which currency the open workspace's money is in. There is one at a time, and amounts stand
 * in cells by the thousand, so that it is not handed down to each.
 */
export function writeMoneyIn(code: string): void {
  if (code === currentCode) return;
  currentCode = code;
  current = moneyStyle(code);
}

/**
 * A typed amount without the sign that is written at it anyway: other programs copy it along. Another sign stays,
 * and is no number.
 */
export function withoutSign(text: string, { before, after }: MoneyStyle = current): string {
  let rest = text;
  for (const sign of [before.trim(), after.trim()].filter(Boolean)) {
    const bare = rest.trim();
    const minus = bare.startsWith("-") ? "-" : "";
    const amount = bare.slice(minus.length);
    if (amount.startsWith(sign)) rest = minus + amount.slice(sign.length);
    else if (amount.endsWith(sign)) rest = minus + amount.slice(0, -sign.length);
  }
  return rest;
}

/** How the open workspace writes money. */
export function currentMoneyStyle(): MoneyStyle {
  return current;
}

/** An amount of 1/10000 with its currency's sign and up to four decimals; empty text for none. */
export function formatMoney(units: number | null | undefined, style = current): string {
  if (units === null || units === undefined) return "";
  const { before, after, decimals } = style;
  const amount = formatDecimal(Math.abs(units), { minDecimals: decimals, marks });
  return `${units < 0 ? "-" : ""}${before}${amount}${after}`;
}

/** From which amount to which; one alone where they are the same. */
export function formatRange({ from, to }: { from: number; to: number }, style = current): string {
  const [least, most] = [formatMoney(from, style), formatMoney(to, style)];
  return from === to ? least : `${least} – ${most}`;
}
