/** The counts of a plan: tabs that add up to what was read, and what applying it writes. */
import type { Counts, Operation, Outcome, PlanSummary, Sum, SumPart } from "../../bindings";

/** A part of a plan that can be looked at by itself. */
export type PlanPart = Exclude<SumPart, "rest" | "implied">;

/** A filter of the review: one part, or all of them. */
export type OutcomeFilter = PlanPart | "all";

/** A tab of the review. */
export interface OutcomeTab {
  readonly key: OutcomeFilter;
  readonly label: string;
  readonly count: number;
}

interface Shown {
  outcome: Outcome;
  operation: Operation | null;
}

/** The records of each part. */
const PARTS: Record<PlanPart, Shown> = {
  create: { outcome: "create", operation: null },
  update: { outcome: "update", operation: "update" },
  trash: { outcome: "update", operation: "trash" },
  restore: { outcome: "update", operation: "restore" },
  purge: { outcome: "update", operation: "purge" },
  unchanged: { outcome: "unchanged", operation: null },
  skipped: { outcome: "skipped", operation: null },
  conflict: { outcome: "conflict", operation: null },
  error: { outcome: "error", operation: null },
};

function isPart(part: string): part is PlanPart {
  return Object.hasOwn(PARTS, part);
}

/** The filter that an address names. */
export function filterOf(text: string | null): OutcomeFilter {
  return text !== null && isPart(text) ? text : "all";
}

/** What the core is asked for to see a part. */
export function shownBy(filter: OutcomeFilter): {
  outcome: Outcome | null;
  operation: Operation | null;
} {
  return filter === "all" ? { outcome: null, operation: null } : PARTS[filter];
}

/** How many rows were read: each has exactly one outcome. */
export function rowsRead(counts: Counts): number {
  const { create, update, unchanged, skipped, conflict, error } = counts;
  return create + update + unchanged + skipped + conflict + error;
}

/** How many records applying the whole plan writes. */
export function rowsApplied(counts: Counts): number {
  return counts.create + counts.update + counts.implied + counts.taken + counts.keptToSend;
}

/** The tabs: all of it, then each part. */
export function outcomeTabs({ counts, sums }: Pick<PlanSummary, "counts" | "sums">): OutcomeTab[] {
  const tabs = sums.flatMap(({ part, count, words }) =>
    isPart(part) ? [{ key: part, label: capital(words), count }] : [],
  );
  return [{ key: "all", label: "All", count: rowsRead(counts) }, ...tabs];
}

/** The parts of what was read: what is made beside that is told apart. */
export function readParts(sums: readonly Sum[]): Sum[] {
  return sums.filter(({ part }) => part !== "implied");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the parents were made from of which no row speaks. */
export function ofTheirs(parents: number): string {
  return parents === 1 ? "its variants" : "their variants";
}
