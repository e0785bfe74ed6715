import type { HistoryOperation } from "../bindings";

/** The meanings of what happened to a record, as colours carry them. */
type OperationTone = "create" | "update" | "unchanged" | "conflict" | "error";

interface OperationWords {
  /** What happened, as a badge says it. */
  label: string;
  tone: OperationTone;
  /** What a person did, with the record's name after it: "Ada changed BS-100". */
  verb: string;
}

/** What the operations of the history are called. */
export const OPERATIONS: Record<HistoryOperation, OperationWords> = {
  create: { label: "Created", tone: "create", verb: "created" },
  update: { label: "Updated", tone: "update", verb: "changed" },
  trash: { label: "Trashed", tone: "unchanged", verb: "moved to the trash:" },
  restore: { label: "Restored", tone: "create", verb: "restored" },
  purge: { label: "Deleted for good", tone: "error", verb: "deleted for good:" },
  delete: { label: "Deleted", tone: "error", verb: "deleted" },
  deactivate: { label: "Deactivated", tone: "conflict", verb: "deactivated" },
  reactivate: { label: "Reactivated", tone: "create", verb: "reactivated" },
  reset_password: { label: "Password reset", tone: "conflict", verb: "reset the password of" },
  change_password: { label: "Password changed", tone: "update", verb: "changed the password of" },
  sign_in: { label: "Signed in", tone: "unchanged", verb: "signed in as" },
  sign_in_failed: { label: "Sign-in failed", tone: "error", verb: "could not sign in as" },
  locked_out: { label: "Locked out", tone: "error", verb: "was locked out as" },
  sign_out: { label: "Signed out", tone: "unchanged", verb: "signed out as" },
};
