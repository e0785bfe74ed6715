import type { Field, Fields } from "../../../bindings";
import type { FormState, Input } from "./state";

/** What is kept of a form that was left without saving. */
interface Draft {
  version: number;
  /** The touched fields as they were seen. */
  seen: Partial<Fields>;
  inputs: Partial<Record<Field, Input>>;
}

const PREFIX = "backstock.draft.";

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    typeof value.version === "number" &&
    "inputs" in value &&
    typeof value.inputs === "object" &&
    "seen" in value &&
    typeof value.seen === "object"
  );
}

/** The form that was left, over the record as it was seen then; null when there is none. */
export function readDraft(key: string, current: Fields): FormState | null {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    if (!isDraft(draft)) return null;
    const base = { ...current, ...draft.seen };
    return { base, version: draft.version, inputs: draft.inputs, conflicts: {}, merged: [] };
  } catch {
    return null;
  }
}

/** Keeps what was typed until it is saved or discarded. */
export function keepDraft(key: string, form: FormState): void {
  const touched = Object.keys(form.inputs);
  if (touched.length === 0) {
    localStorage.removeItem(PREFIX + key);
    return;
  }
  const seen = Object.fromEntries(
    Object.entries(form.base).filter(([field]) => touched.includes(field)),
  );
  const draft: Draft = { version: form.version, seen, inputs: form.inputs };
  localStorage.setItem(PREFIX + key, JSON.stringify(draft));
}

/** Forgets what was typed. */
export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key);
}
