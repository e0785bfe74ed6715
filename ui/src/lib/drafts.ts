/** What was typed into a form that was left without saving; kept on this machine. */

const PREFIX = "backstock.draft.";

/** What was kept; null when nothing was. Whoever reads it checks what it is. */
export function readDraft(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps what was typed until it is saved or discarded; null when there is nothing to keep. */
export function keepDraft(key: string, draft: object | null): void {
  if (draft === null) localStorage.removeItem(PREFIX + key);
  else localStorage.setItem(PREFIX + key, JSON.stringify(draft));
}
