import type { Batch, HistoryEntry, Origin } from "../bindings";

/** What the origins of changes are called. */
export const ORIGINS: Record<Origin, string> = {
  import: "Import",
  undo: "Undo",
  form: "Form",
  trash: "Moved to the trash",
  restore: "Restored",
  purge: "Deleted for good",
  bulk_edit: "Bulk edit",
  sync: "Sync",
  offline_replay: "Offline edits",
  practice: "Practice catalogue",
  people: "People and roles",
  settings: "Settings",
  sign_in: "Sign-in",
};

/** The origins of changes of products, the frequent ones first. */
export const PRODUCT_ORIGINS: readonly Origin[] = [
  "import",
  "form",
  "trash",
  "restore",
  "purge",
  "bulk_edit",
  "undo",
  "sync",
  "offline_replay",
  "practice",
];

/** Every origin. */
export const ORIGIN_KEYS: readonly Origin[] = [...PRODUCT_ORIGINS, "people", "settings", "sign_in"];

/** From where a change came: of an undo, what it undid or did again. */
export function originText({ origin, title }: Pick<HistoryEntry, "origin" | "title">): string {
  return origin === "undo" ? title : ORIGINS[origin];
}

/** From where a batch came, beside its title: "Undo" or "Redo" of an undo, whose title names what it undid. */
export function originWord({ origin, title }: Pick<HistoryEntry, "origin" | "title">): string {
  return origin === "undo" && title.startsWith("Redo ") ? "Redo" : ORIGINS[origin];
}

/** Whether it moves records to the trash, back, or out of it for good. */
export function isMove(origin: Origin): boolean {
  return origin === "trash" || origin === "restore" || origin === "purge";
}

/** Whether a batch ended half-way. */
export function isStopped({ state, undoneBy }: Batch): boolean {
  return undoneBy === null && (state === "cancelled" || state === "failed");
}

/** What the button says that takes a batch back: an undo is done again. */
export function undoWord(batch: Batch): string {
  if (batch.undoTitle.startsWith("Redo ")) return "Redo";
  return isStopped(batch) ? "Undo what was done" : "Undo";
}

/** Whether a batch can be taken back: it wrote something that is not gone for good, and was not undone yet. */
export function canUndo({ counts, origin, state, undoneBy }: Batch): boolean {
  if (origin === "purge") return false;
  const written = counts.created + counts.updated + counts.implied;
  return state !== "running" && undoneBy === null && written > 0;
}
