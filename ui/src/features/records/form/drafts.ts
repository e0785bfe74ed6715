import type { Field, Fields } from "../../../bindings";
import { keepDraft, readDraft } from "../../../lib/drafts";
import type { FormState, Input } from "./state";

/** What is kept of a form that was left without saving. */
interface Draft {
  version: number;
  /** The touched fields as they were seen. */
  seen: Fields;
  inputs: Partial<Record<Field, Input>>;
}

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
export function readForm(key: string, current: Fields): FormState | null {
  const draft = readDraft(key);
  if (!isDraft(draft)) return null;
  const base = { ...current, ...draft.seen };
  return { base, version: draft.version, inputs: draft.inputs, conflicts: {}, merged: {} };
}

/** Keeps what was typed until it is saved or discarded. */
export function keepForm(key: string, form: FormState): void {
  const touched = Object.keys(form.inputs);
  const seen = Object.fromEntries(
    Object.entries(form.base).filter(([field]) => touched.includes(field)),
  );
  const draft: Draft = { version: form.version, seen, inputs: form.inputs };
  keepDraft(key, touched.length === 0 ? null : draft);
}
