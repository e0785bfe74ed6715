import type { HistoryOperation } from "../bindings";

/** The meanings of what happened to a record, as colours carry them. */
type OperationTone = "create" | "update" | "unchanged" | "conflict" | "error";

interface OperationWords {
  /** What happened, as a badge says it. */
  label: string;
  tone: OperationTone;
}

/** What the operations of the history are called. */
export const OPERATIONS: Record<HistoryOperation, OperationWords> = {
  create: { label: "Created", tone: "create" },
  update: { label: "Updated", tone: "update" },
  trash: { label: "Moved to the trash", tone: "unchanged" },
  restore: { label: "Restored", tone: "create" },
  purge: { label: "Deleted for good", tone: "error" },
  delete: { label: "Deleted", tone: "error" },
  deactivate: { label: "Deactivated", tone: "conflict" },
  reactivate: { label: "Reactivated", tone: "create" },
  reset_password: { label: "Password reset", tone: "conflict" },
  change_password: { label: "Password changed", tone: "update" },
  sign_in: { label: "Signed in", tone: "unchanged" },
  sign_in_failed: { label: "Sign-in failed", tone: "error" },
  locked_out: { label: "Locked out", tone: "error" },
  sign_out: { label: "Signed out", tone: "unchanged" },
};
