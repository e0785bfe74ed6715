/** The answers that a person can choose from when a file may mean two things. */
import type {
  AmountFor,
  DateOrder,
  DecimalMark,
  EncodingReading,
  ForeignMoney,
  StockWords,
} from "../../bindings";

/** An answer, told with a value of the file itself. */
export interface Answer<T> {
  readonly value: T;
  readonly label: string;
  readonly help: string;
}

const ORDERS: readonly [order: DateOrder, help: string][] = [
  ["dmy", "Day first"],
  ["mdy", "Month first"],
  ["ymd", "Year first"],
];

/**
 * What the example would mean in each order in which it is a date at all. An example that tells
 * nothing leaves the bare orders to choose from.
 */
export function dateAnswers(example: string, locale?: string): Answer<DateOrder>[] {
  const read = datesOf(example, locale);
  if (read.length > 1) return read;
  return ORDERS.map(([value, label]) => ({ value, label, help: "" }));
}

function datesOf(example: string, locale?: string): Answer<DateOrder>[] {
  const parts = /^\D*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})/.exec(example);
  if (!parts) return [];
  const [, first = "", second = "", third = ""] = parts;
  const read: Record<DateOrder, [year: string, month: string, day: string]> = {
    dmy: [third, second, first],
    mdy: [third, first, second],
    ymd: [first, second, third],
  };
  return ORDERS.flatMap(([value, help]) => {
    const date = toDate(...read[value]);
    return date ? [{ value, help, label: longDate(date, locale) }] : [];
  });
}

function toDate(year: string, month: string, day: string): Date | null {
  if (month.length > 2 || day.length > 2 || year.length === 3 || year.length === 1) {
    return null;
  }
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  const date = new Date(Date.UTC(full, Number(month) - 1, Number(day)));
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return real ? date : null;
}

function longDate(date: Date, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return format.format(date);
}

const MARKS: readonly [DecimalMark, group: string, mark: string, help: string][] = [
  ["point", ",", ".", "The point stands before decimals"],
  ["comma", ".", ",", "The comma stands before decimals"],
];

/** What the example would be worth with either decimal mark, or the bare marks. */
export function decimalAnswers(example: string, locale?: string): Answer<DecimalMark>[] {
  const read = worthOf(example, locale);
  if (read.length > 1) return read;
  return MARKS.map(([value, , , label]) => ({ value, label, help: "" }));
}

function worthOf(example: string, locale?: string): Answer<DecimalMark>[] {
  return MARKS.flatMap(([value, group, mark, help]) => {
    const plain = example
      .replace(/[^\d.,-]/g, "")
      .replaceAll(group, "")
      .replace(mark, ".");
    const number = plain === "" ? NaN : Number(plain);
    if (Number.isNaN(number)) return [];
    const label = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(number);
    return [{ value, help, label }];
  });
}

/** The file's odd words in each encoding that it may have. */
export function encodingAnswers(readings: readonly EncodingReading[]): Answer<string>[] {
  return readings.map(({ key, label, words }) => ({
    value: key,
    label: words.join(" "),
    help: label,
  }));
}

/** What amounts in another currency may do. */
export const FOREIGN_MONEY: readonly Answer<ForeignMoney>[] = [
  { value: "refuse", label: "Reject these rows", help: "They can be saved as a file" },
  { value: "take_as_is", label: "Take the numbers as they are", help: "Nothing is converted" },
];

/** What the amounts of a price file may be for. */
export const AMOUNT_FOR: readonly Answer<AmountFor>[] = [
  { value: "each", label: "For one", help: "Taken as they are" },
  { value: "pack", label: "For a pack", help: "Divided by the size of the pack" },
];

/** What a stock in words may mean. */
export const STOCK_WORDS: readonly Answer<StockWords>[] = [
  { value: "refuse", label: "Reject these rows", help: "They can be saved as a file" },
  { value: "keep", label: "Keep the stock as it is", help: "The rest of the row is imported" },
  { value: "number", label: "Take the number in it", help: "10+ is 10, sold out is 0" },
];
