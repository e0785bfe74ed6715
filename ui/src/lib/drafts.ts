/** What was typed into a form that was left without saving; kept on this machine. */

const PREFIX = "backstock.draft.";

interface Kept {
  /** When it was last typed into. */
  at: number;
  draft: unknown;
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    "at" in value &&
    typeof value.at === "number" &&
    "draft" in value
  );
}

function readKept(key: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** What was kept; null when nothing was. The caller checks what it is. */
export function readDraft(key: string): unknown {
  return readKept(key)?.draft ?? null;
}

/** When the draft was last typed into; null when there is none. */
export function draftTime(key: string): number | null {
  return readKept(key)?.at ?? null;
}

/** Keeps what was typed until it is saved or discarded; null when there is nothing to keep. */
export function keepDraft(key: string, draft: object | null): void {
  const before = readKept(key);
  // Opening a form is not typing: its draft is as old as it was.
  if (JSON.stringify(before?.draft ?? null) === JSON.stringify(draft)) return;
  if (draft === null) {
    localStorage.removeItem(PREFIX + key);
  } else {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), draft } satisfies Kept));
  }
  for (const tell of listeners) tell();
}

const listeners = new Set<() => void>();

/** Tells of every draft that is kept, changed or gone; answers how to stop. */
export function followDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
