import type { Field, FieldChoice, FieldInfo, FieldKind, Fields, Value } from "../bindings";
import { formatDate, formatInteger, formatMeasure } from "./format";
import { imageWords } from "./images";
import { currentMoneyStyle, formatMoney } from "./money";

/** Whether two values are the same. */
export function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((word, index) => word === b[index]);
  }
  return a === b;
}

/** Whether there is nothing in it. */
export function isEmptyValue(value: Value): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/**
 * A value as a person reads it; empty text for nothing. Choices are kept by their keys and read by their
 * labels, in the order of the list; one that is not there any more is read by its key. Money is the
 * workspace's unless another style is given.
 */
export function formatValue(
  value: Value,
  kind: FieldKind,
  choices: readonly FieldChoice[] = [],
  money = currentMoneyStyle(),
): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (kind === "images" && Array.isArray(value)) return value.map(imageWords).join(", ");
  if (Array.isArray(value)) return labelsOf(value, choices).join(", ");
  if (typeof value === "number") {
    if (kind === "money") return formatMoney(value, money);
    return kind === "decimal" ? formatMeasure(value) : formatInteger(value);
  }
  if (kind === "image") return imageWords(value);
  if (choices.length > 0) return labelsOf([value], choices).join();
  return kind === "date" ? formatDate(value) : value;
}

function labelsOf(keys: readonly string[], choices: readonly FieldChoice[]): string[] {
  const known = choices.filter(({ key }) => keys.includes(key));
  const gone = keys.filter((key) => !known.some((choice) => choice.key === key));
  return [...known.map(({ label }) => label), ...gone];
}

/** Whether values of this kind are numbers, which stand right-aligned. */
export function isNumeric(kind: FieldKind): boolean {
  return kind === "money" || kind === "decimal" || kind === "integer";
}

/** Whether values of this kind are running text. */
export function isWords(kind: FieldKind): boolean {
  return kind === "text" || kind === "long_text" || kind === "html";
}

/** Whether it is a field of the workspace's own. */
export function isCustom(field: Field): boolean {
  return field.startsWith("custom.");
}

/** The fields by their key. */
export function fieldsByKey(fields: readonly FieldInfo[]): ReadonlyMap<Field, FieldInfo> {
  return new Map(fields.map((field) => [field.key, field]));
}

/** What stands in a field; nothing where the record does not have it or it may not be seen. */
export function valueIn(fields: Fields, field: Field): Value {
  return fields[field] ?? null;
}

/** The text of a field; empty where there is none. */
export function textOf(fields: Fields, field: Field): string {
  const value = valueIn(fields, field);
  return typeof value === "string" ? value : "";
}

/** The number of a field. */
export function numberOf(fields: Fields, field: Field): number | null {
  const value = valueIn(fields, field);
  return typeof value === "number" ? value : null;
}

/** Whether a field says yes. */
export function isYes(fields: Fields, field: Field): boolean {
  return valueIn(fields, field) === true;
}
