import type { Batch, Origin } from "../bindings";

interface OriginWords {
  /** What such batches are, for a filter. */
  label: string;
  /** What they do to what they name: "Import supplier-june.csv". */
  verb: string;
}

/** What the origins of changes are called. */
export const ORIGINS: Record<Origin, OriginWords> = {
  import: { label: "Import", verb: "Import" },
  undo: { label: "Undo", verb: "Undo" },
  form: { label: "Form", verb: "Edit" },
  trash: { label: "Moved to the trash", verb: "Move to the trash:" },
  restore: { label: "Restored", verb: "Restore" },
  purge: { label: "Deleted for good", verb: "Delete for good:" },
  bulk_edit: { label: "Bulk edit", verb: "Change" },
  sync: { label: "Sync", verb: "Sync" },
  offline_replay: { label: "Offline edits", verb: "Replay" },
  practice: { label: "Practice catalogue", verb: "Load" },
  people: { label: "People and roles", verb: "People:" },
  settings: { label: "Settings", verb: "Settings of" },
  sign_in: { label: "Sign-in", verb: "Sign-in of" },
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

/** What a plan or a batch is called. */
export function originTitle(origin: Origin, label: string): string {
  return `${ORIGINS[origin].verb} ${label}`.trim();
}

/** What a batch is called. A form says whether it was saved for the first time. */
export function batchTitle({ origin, label, counts }: Batch): string {
  return origin === "form" && counts.created > 0 ? `Create ${label}` : originTitle(origin, label);
}

/** Whether a batch can be taken back: it wrote something that is not gone for good, and was not undone yet. */
export function canUndo({ counts, origin, state, undoneBy }: Batch): boolean {
  if (origin === "purge") return false;
  const written = counts.created + counts.updated + counts.implied;
  return state !== "running" && undoneBy === null && written > 0;
}
