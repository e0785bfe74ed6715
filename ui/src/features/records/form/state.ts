import type {
  Change,
  Field,
  FieldInfo,
  FieldOverlap,
  Fields,
  MergedRecord,
  SetBy,
  Value,
} from "../../../bindings";
import { formatDecimal, parseDecimal, parseInteger } from "../../../lib/decimal";
import { currentMoneyStyle } from "../../../lib/money";
import { isEmptyValue, sameValue, valueIn } from "../../../lib/values";

/** What stands in a field's control: text as it is typed, a tick, or words. */
export type Input = string | boolean | string[];

/** Two values for one field, of which a person chooses. */
export interface Contradiction {
  /** What it was when the person began. */
  seen: Value;
  /** What another user made of it meanwhile. */
  theirs: Value;
  by: SetBy;
}

/** A form over the fields of one record. */
export interface FormState {
  /** The record as the form last saw it. */
  base: Fields;
  version: number;
  /** What was typed, for the fields that were touched. */
  inputs: Partial<Record<Field, Input>>;
  /** Touched fields that others changed to another value. */
  conflicts: Partial<Record<Field, Contradiction>>;
  /** Fields that others changed and that were taken over, with who it was. */
  merged: Partial<Record<Field, SetBy>>;
}

/** A form that was not touched yet. */
export function formOf(base: Fields, version: number): FormState {
  return { base, version, inputs: {}, conflicts: {}, merged: {} };
}

/** A value as its control shows it. */
export function toInput(value: Value, info: FieldInfo): Input {
  if (typeof value === "boolean") return value;
  if (info.kind === "tags" || info.kind === "choices") return Array.isArray(value) ? value : [];
  if (typeof value === "number") {
    if (info.kind === "integer") return String(value);
    return formatDecimal(value, {
      minDecimals: info.kind === "money" ? currentMoneyStyle().decimals : 0,
      grouped: false,
    });
  }
  if (info.kind === "images") return Array.isArray(value) ? value.join("\n") : "";
  return typeof value === "string" ? value : "";
}

/** What came of reading a control. */
export type Parsed = { ok: true; value: Value } | { ok: false; message: string };

/** What was typed as a value, or why it is none. The core's rules come on top. */
export function fromInput(input: Input, info: FieldInfo): Parsed {
  if (typeof input === "boolean") return { ok: true, value: input };
  if (Array.isArray(input))
    return { ok: true, value: input.length === 0 ? null : sortedWords(input) };
  switch (info.kind) {
    case "money":
    case "decimal":
      return fromNumber(parseDecimal(input), info);
    case "integer":
      return fromNumber(parseInteger(input), info);
    case "date":
      return fromDate(input.trim());
    case "images":
      return { ok: true, value: linesOf(input) };
    case "image":
    case "code":
    case "text":
    case "long_text":
    case "html":
    case "flag":
    case "tags":
    case "choice":
    case "choices":
      return fromText(
        info.kind === "html" || info.kind === "long_text" ? input : input.trim(),
        info,
      );
  }
}

function fromNumber(parsed: ReturnType<typeof parseDecimal>, info: FieldInfo): Parsed {
  if (!parsed.ok) return parsed;
  if (parsed.units !== null && parsed.units < 0 && info.kind !== "integer") {
    return { ok: false, message: `${info.label} cannot be below zero.` };
  }
  return { ok: true, value: parsed.units };
}

function fromDate(text: string): Parsed {
  if (text === "") return { ok: true, value: null };
  const moment = Date.parse(`${text}T00:00:00Z`);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment);
  return isDate && new Date(moment).toISOString().startsWith(text)
    ? { ok: true, value: text }
    : { ok: false, message: "Type a date such as 2026-12-31." };
}

function fromText(text: string, info: FieldInfo): Parsed {
  const length = Array.from(text).length;
  if (info.maxChars > 0 && length > info.maxChars) {
    return { ok: false, message: `${length} characters; at most ${info.maxChars}. Shorten it.` };
  }
  return { ok: true, value: text.trim() === "" ? null : text };
}

/** One value a line, in their order; nothing when there is none. */
function linesOf(text: string): string[] | null {
  const lines = text.split("\n").map((line) => line.trim());
  const filled = lines.filter(Boolean);
  return filled.length === 0 ? null : Array.from(new Set(filled));
}

function sortedWords(words: string[]): string[] {
  return Array.from(new Set(words.map((word) => word.trim()).filter(Boolean))).toSorted();
}

/** What a person sees in a field. */
export function inputOf(form: FormState, info: FieldInfo): Input {
  return form.inputs[info.key] ?? toInput(valueIn(form.base, info.key), info);
}

/** The value that the form would save for a field; what cannot be read counts as not changed. */
export function valueOf(form: FormState, info: FieldInfo): Value {
  const input = form.inputs[info.key];
  if (input === undefined) return valueIn(form.base, info.key);
  const parsed = fromInput(input, info);
  return parsed.ok
    ? normal(parsed.value, valueIn(form.base, info.key))
    : valueIn(form.base, info.key);
}

/** Nothing and an empty text are the same. */
function normal(value: Value, base: Value): Value {
  return isEmptyValue(value) && isEmptyValue(base) ? base : value;
}

/** The form after something was typed. */
export function typeInto(form: FormState, info: FieldInfo, input: Input): FormState {
  return { ...form, inputs: { ...form.inputs, [info.key]: input } };
}

/** The form after it was saved as `sent`: what was typed since stands over what was saved. */
export function afterSave(
  form: FormState,
  sent: FormState["inputs"],
  saved: Pick<FormState, "base" | "version">,
): FormState {
  const since = Object.entries(form.inputs).filter(([field, input]) => sent[field] !== input);
  return { ...formOf(saved.base, saved.version), inputs: Object.fromEntries(since) };
}

/** What the form would change, in reading order. */
export function changesOf(form: FormState, fields: readonly FieldInfo[]): Change[] {
  return fields
    .map((info) => ({
      field: info.key,
      old: valueIn(form.base, info.key),
      new: valueOf(form, info),
    }))
    .filter((change) => !sameValue(change.old, change.new));
}

/** The fields whose text cannot be read, with what to do. */
export function typingProblems(
  form: FormState,
  fields: readonly FieldInfo[],
): Partial<Record<Field, string>> {
  const problems: Partial<Record<Field, string>> = {};
  for (const info of fields) {
    const input = form.inputs[info.key];
    const parsed = input === undefined ? null : fromInput(input, info);
    if (parsed && !parsed.ok) problems[info.key] = parsed.message;
  }
  return problems;
}

/** All fields as the form would save them. */
export function editedFields(form: FormState, fields: readonly FieldInfo[]): Fields {
  return {
    ...form.base,
    ...Object.fromEntries(fields.map((info) => [info.key, valueOf(form, info)])),
  };
}

/** What the core is asked for when a newer version of the record came in. */
export function mergeRequest(form: FormState, fields: readonly FieldInfo[]) {
  const typed = fields.flatMap((info): [Field, Value][] => {
    const input = form.inputs[info.key];
    if (input === undefined) return [];
    const parsed = fromInput(input, info);
    if (parsed.ok) return [[info.key, valueOf(form, info)]];
    // What cannot be read yet is the person's own all the same.
    return [[info.key, typeof input === "string" ? input : null]];
  });
  const seen = fields.map((info): [Field, Value] => [info.key, valueIn(form.base, info.key)]);
  return { seen: Object.fromEntries(seen), typed: Object.fromEntries(typed) };
}

/**
 * The form over a newer version of the record, as the core merged it: what others changed is taken
 * over, what the person typed stays, and where both changed the same field to different values the
 * person decides.
 */
export function overNewer(form: FormState, answer: MergedRecord): FormState {
  const { record, takenOver, agreed, conflicts } = answer;
  const settled = new Set<Field>([...takenOver.map(({ field }) => field), ...agreed]);
  return {
    base: record.fields,
    version: record.version,
    inputs: leavingOut(form.inputs, settled),
    conflicts: {
      ...leavingOut(form.conflicts, settled),
      ...Object.fromEntries(
        conflicts.map((overlap) => [overlap.field, contradiction(form, overlap)]),
      ),
    },
    merged: {
      ...form.merged,
      ...Object.fromEntries(takenOver.map(({ field, by }) => [field, by])),
    },
  };
}

/** What it was when the person began stays, however often others change it. */
function contradiction(form: FormState, overlap: FieldOverlap): Contradiction {
  const { field, seen, current, by } = overlap;
  return { seen: form.conflicts[field]?.seen ?? seen, theirs: current, by };
}

function leavingOut<T>(
  of: Partial<Record<Field, T>>,
  fields: ReadonlySet<Field>,
): Partial<Record<Field, T>> {
  return Object.fromEntries(Object.entries(of).filter(([field]) => !fields.has(field)));
}

/** Settles a conflict: what the person typed stays, or the other value is taken. */
export function settle(form: FormState, field: Field, keep: "mine" | "theirs"): FormState {
  const { [field]: _settled, ...conflicts } = form.conflicts;
  if (keep === "mine") return { ...form, conflicts };
  const { [field]: _typed, ...inputs } = form.inputs;
  return { ...form, conflicts, inputs };
}
