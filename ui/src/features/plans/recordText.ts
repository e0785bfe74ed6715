/** What the review says of one record beside its changed fields. */
import type { Change, Field, Origin, PlannedRecord } from "../../bindings";

/** A line in place of the changed fields; null when the fields speak for themselves. */
export function lineOf(record: PlannedRecord): { text: string; help: string } | null {
  const [problem] = record.problems;
  if (problem) {
    const more = record.problems.length - 1;
    const help = [problem.hint, more > 0 ? `And ${more} more.` : null];
    return { text: problem.message, help: help.filter(Boolean).join(" ") };
  }
  if (record.outcome === "conflict") return conflictLine(record);
  if (record.changes.length > 0) return null;
  const [note] = record.notes;
  if (note) return { text: "", help: record.notes.join(" ") };
  if (record.operation === "trash") return { text: "Moves to the trash", help: "" };
  if (record.operation === "restore") return { text: "Comes back from the trash", help: "" };
  if (record.operation === "purge") return { text: "Is deleted for good", help: "" };
  return null;
}

/** Why a record is kept; the fields that contradict say it themselves. */
function conflictLine({ conflicts, operation, notes }: PlannedRecord) {
  const help =
    operation === "trash"
      ? "Undoing it moves it to the trash."
      : operation === "restore"
        ? "Taking it brings it back from the trash."
        : "";
  return { text: conflicts.length > 0 ? "" : notes.join(" "), help };
}

/** What a record is called: by its code, or by its title where it has none. */
export function calledOf({ code, title }: PlannedRecord): string {
  return code || title;
}

/** The word on a record's badge, where the outcome alone would not say enough. */
export function badgeLabel(record: PlannedRecord, origin: Origin): string | undefined {
  if (record.outcome === "conflict") return origin === "undo" ? "Kept" : undefined;
  if (record.operation === "trash") return "To the trash";
  if (record.operation === "restore") return "Restore";
  if (record.operation === "purge") return "Delete";
  if (origin !== "undo") return undefined;
  return record.outcome === "update" ? "Put back" : undefined;
}

/** What a plan tells of a record that its amounts are written by; a new one is not there yet. */
export function toldOf({ kind, recordId, expectedVersion, changes, conflicts }: PlannedRecord) {
  const proposed = conflicts.map((conflict) => ({ field: conflict.field, new: conflict.proposed }));
  const isThere = expectedVersion > 0;
  return { kind, recordId: isThere ? recordId : null, changes: [...changes, ...proposed] };
}

/** The change of one field of a record. */
export function changeOf(record: PlannedRecord, field: Field): Change | undefined {
  return record.changes.find((change) => change.field === field);
}
