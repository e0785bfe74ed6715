/** The counts of a plan: tabs that add up to what was read, and what applying it writes. */
import type { Counts, Origin, Outcome } from "../../bindings";
import { OUTCOMES as LOOKS } from "../../components/OutcomeBadge";
import { formatCount, formatInteger } from "../../lib/format";

/** Every outcome, in the order in which people read them. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  "create",
  "update",
  "unchanged",
  "skipped",
  "conflict",
  "error",
];

/** A filter of the review: one outcome, or all of them. */
export type OutcomeFilter = Outcome | "all";

/** A tab of the review. */
export interface OutcomeTab {
  readonly key: OutcomeFilter;
  readonly label: string;
  readonly count: number;
}

/** What plans do that change no field of what they are about. */
const UPDATES: Partial<Record<Origin, string>> = {
  undo: "Reverse",
  trash: "Move to trash",
  restore: "Restore",
  purge: "Delete for good",
};

/** What an outcome is called; an undo keeps what was edited since. */
export function outcomeLabel(outcome: Outcome, origin: Origin): string {
  if (origin === "undo" && outcome === "conflict") return "Kept";
  if (outcome === "update") return UPDATES[origin] ?? LOOKS.update.label;
  return LOOKS[outcome].label;
}

/** How many rows were read: each has exactly one outcome. */
export function rowsRead(counts: Counts): number {
  return OUTCOME_ORDER.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** How many records applying the whole plan writes. */
export function rowsApplied(counts: Counts): number {
  return counts.create + counts.update + counts.implied + counts.taken;
}

/** The tabs: all of it, then each outcome. */
export function outcomeTabs(counts: Counts, origin: Origin): OutcomeTab[] {
  const tabs = OUTCOME_ORDER.map((key) => ({
    key,
    label: outcomeLabel(key, origin),
    count: counts[key],
  }));
  return [{ key: "all", label: "All", count: rowsRead(counts) }, ...tabs];
}

/** `2 create, 3 update, 1 error`: the parts of what was read, empty ones left out. */
export function sumOf(counts: Counts, origin: Origin): string {
  return OUTCOME_ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => {
      const count = counts[outcome];
      const label = outcomeLabel(outcome, origin).toLowerCase();
      return COUNTED.has(outcome) ? formatCount(count, label) : `${formatInteger(count)} ${label}`;
    })
    .join(", ");
}

/** Outcomes whose words are things, of which there can be many. */
const COUNTED: ReadonlySet<Outcome> = new Set<Outcome>(["error"]);

/** What the parents were made from of which no row speaks. */
export function ofTheirs(parents: number): string {
  return parents === 1 ? "its variants" : "their variants";
}
