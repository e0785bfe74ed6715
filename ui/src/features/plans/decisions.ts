/** What people decide about conflicts: the words for it, in an import, an undo and a sync. */
import type { FieldConflict, Origin, PlannedRecord, PlanSummary, Resolution } from "../../bindings";
import { formatAgo, formatCount } from "../../lib/format";
import { isMove } from "../../lib/origins";

/** The two ways, in the order in which they stand; their keys are 1 and 2. */
export const RESOLUTIONS: readonly Resolution[] = ["take", "keep"];

/** What a decision is called beside a record. */
export function decisionLabel(resolution: Resolution, origin: Origin): string {
  if (origin === "sync") return resolution === "keep" ? "Keep ours" : "Take the shop's";
  if (resolution === "keep") return "Keep";
  return isMove(origin) ? "Move" : origin === "undo" ? "Undo" : "File";
}

/** What a decision does, in words. */
export function decisionHelp(resolution: Resolution, origin: Origin): string {
  if (origin === "sync") return decisionLabel(resolution, origin);
  if (resolution === "keep") return "Keep what is there";
  if (isMove(origin)) return "Move it anyway";
  return origin === "undo" ? "Undo it anyway" : "Take the file's values";
}

/** What the proposal is called beside what is there now. */
export function proposalWord(origin: Origin): string {
  if (origin === "sync") return "there";
  return origin === "undo" ? "before" : "file";
}

/** What the value is called that both began with. */
export function baseWord(origin: Origin): string {
  return origin === "sync" ? "agreed" : "was";
}

/** What the value that is there now is called beside the proposal. */
export function currentWord(origin: Origin): string {
  return origin === "sync" ? "here" : "now";
}

/** What the three values of a conflict are called, one above each: what both agreed on, what is there, what is proposed. */
export function sideHeadings(origin: Origin): [base: string, current: string, proposed: string] {
  if (origin === "sync") return ["Agreed", "Here", "There"];
  return ["Was", "Now", origin === "undo" ? "Undone" : "File"];
}

/** Whether there is anything to choose about a record. */
export function canBeResolved({ outcome, operation }: PlannedRecord): boolean {
  return outcome === "conflict" && operation !== null;
}

/** What pressing a decision comes to: the same one again takes it back. */
export function pressed(now: Resolution | null, resolution: Resolution): Resolution | null {
  return now === resolution ? null : resolution;
}

/** The conflict about one field of a record. */
export function conflictOf(record: PlannedRecord, field: string): FieldConflict | undefined {
  return record.conflicts.find((conflict) => conflict.field === field);
}

type LastChange = Pick<PlannedRecord, "changedBy" | "changedAt">;

/** `Vic, 2 minutes ago`: who changed a record last; null when it is not known. */
export function whoChanged({ changedBy, changedAt }: LastChange): string | null {
  const when = changedAt === null ? null : formatAgo(changedAt);
  const parts = [changedBy, when].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : parts.join(", ");
}

/** What applying writes, on the button that does it. */
export function applyLabel({ state, counts }: PlanSummary, changes: number): string {
  if (state === "applied") return `Apply ${formatCount(counts.taken, "decision")}`;
  return `Apply ${formatCount(changes, "change")}`;
}
