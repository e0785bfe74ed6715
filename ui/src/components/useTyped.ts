import { useEffect, useState } from "react";

import { useDraftKey } from "../host/state";
import { draftTime, keepDraft, readDraft } from "../lib/drafts";

/** A text, a choice, a number, or several choices in any order. */
type Value = string | number | readonly string[];

/** What was typed into a form, and what stood there when it was. */
interface Draft<V> {
  typed: Partial<V>;
  seen: Partial<V>;
}

/** A form's values: those of a record, and what is typed over them. */
export interface Typed<V> {
  values: V;
  /** The parts that saving would change. */
  changed: (keyof V)[];
  /** Those of them that another user changed since. */
  overtaken: (keyof V)[];
  /** When what it began with was typed; null when that is gone or never was. */
  restoredAt: number | null;
  type: (part: Partial<V>) => void;
  /** Shows the record as it is. */
  forget: () => void;
  /** Keeps nothing for later: what is shown stays until the form is gone. */
  done: () => void;
}

const NOTHING = { typed: {}, seen: {} };

/**
 * What is typed over `current`. It is kept when the form is left; passwords have no place in it. While the form
 * cannot be changed, a draft of it waits unseen.
 */
export function useTyped<V extends { [K in keyof V]: Value }>(
  subject: string,
  current: V,
  isEditable = true,
): Typed<V> {
  const key = useDraftKey(subject);
  const [keptAt] = useState(() => draftTime(key));
  const [restored] = useState(() => readTyped(key, current));
  const [draft, setDraft] = useState<Draft<V>>(restored ?? NOTHING);
  useEffect(() => keepDraft(key, isEmpty(draft) ? null : draft), [key, draft]);

  const shown = isEditable ? draft.typed : {};
  const values = { ...current, ...shown };
  const changed = keysOf(shown).filter((part) => !isSame(values[part], current[part]));
  return {
    values,
    changed,
    overtaken: changed.filter((part) => !isSame(draft.seen[part], current[part])),
    restoredAt: restored !== null && !isEmpty(draft) ? keptAt : null,
    type: (part) =>
      setDraft(({ typed, seen }) => ({
        typed: { ...typed, ...part },
        seen: { ...pick(current, keysOf(part)), ...seen },
      })),
    forget: () => {
      // The form may be gone before an effect runs.
      keepDraft(key, null);
      setDraft(NOTHING);
    },
    done: () => keepDraft(key, null),
  };
}

/** The draft, of which only what still fits the form counts. */
function readTyped<V extends { [K in keyof V]: Value }>(key: string, current: V): Draft<V> | null {
  const kept = readDraft(key);
  if (typeof kept !== "object" || kept === null || !("typed" in kept) || !("seen" in kept)) {
    return null;
  }
  const draft = { typed: fitting(kept.typed, current), seen: fitting(kept.seen, current) };
  return isEmpty(draft) ? null : draft;
}

function fitting<V extends { [K in keyof V]: Value }>(kept: unknown, current: V): Partial<V> {
  if (typeof kept !== "object" || kept === null) return {};
  const parts = new Map<string, unknown>(Object.entries(kept));
  const fit: Partial<V> = {};
  for (const key in current) {
    const part = parts.get(key);
    if (isLike(part, current[key])) fit[key] = part;
  }
  return fit;
}

function isLike<T extends Value>(value: unknown, like: T): value is T {
  if (typeof like !== "object") return typeof value === typeof like;
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isSame(a: Value | undefined, b: Value): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  return a.length === b.length && a.every((each) => b.includes(each));
}

function isEmpty<V>({ typed }: Draft<V>): boolean {
  return Object.keys(typed).length === 0;
}

function keysOf<V extends object>(values: V): Extract<keyof V, string>[] {
  const keys: Extract<keyof V, string>[] = [];
  for (const key in values) keys.push(key);
  return keys;
}

function pick<V extends object>(values: V, keys: Extract<keyof V, string>[]): Partial<V> {
  const picked: Partial<V> = {};
  for (const key of keys) picked[key] = values[key];
  return picked;
}
