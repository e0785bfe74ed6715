import type { Batch, Sum, SumPart } from "../bindings";
import { formatInteger } from "../lib/format";
import classes from "./BatchFacts.module.css";
import type { Tone } from "./OutcomeBadge";

/** The colour of each part of a sum. */
export const PART_TONES: Record<SumPart, Tone> = {
  create: "create",
  update: "update",
  trash: "unchanged",
  restore: "create",
  purge: "error",
  conflict: "conflict",
  error: "error",
  rest: "waiting",
  unchanged: "unchanged",
  skipped: "unchanged",
  implied: "unchanged",
};

interface BatchFactsProps {
  batch: Pick<Batch, "sums">;
  /** In a cell of a list: what has no room is out of sight as a whole, so that no number is cut. */
  isInCell?: boolean;
}

/** What a batch did, in numbers that add up to what was read; zeros are left out. */
export function BatchFacts({ batch, isInCell = false }: BatchFactsProps) {
  const told = toldOf(batch.sums);
  return (
    <span
      className={classes.facts}
      data-in-cell={isInCell || undefined}
      title={isInCell ? sumText(batch.sums) : undefined}
    >
      {told.map(({ part, count, words }) => (
        <span
          key={part}
          className={classes.fact}
          data-tone={PART_TONES[part]}
          data-testid={`fact-${part}`}
        >
          <b>{formatInteger(count)}</b> {words}
        </span>
      ))}
      {told.length === 0 && <span className={classes.fact}>nothing changed</span>}
    </span>
  );
}

/** The same for the clipboard. */
export function factsText({ sums }: Pick<Batch, "sums">): string {
  return sumText(toldOf(sums), String) || "nothing changed";
}

/** The first of these numbers with its words: a cell of a list always shows it. */
export function firstFact({ sums }: Pick<Batch, "sums">): string {
  return sumText(toldOf(sums).slice(0, 1)) || "nothing changed";
}

/** `2 create, 3 update, 1 error`: empty parts left out. */
export function sumText(sums: readonly Sum[], format = formatInteger): string {
  return toldOf(sums)
    .map(({ count, words }) => `${format(count)} ${words}`)
    .join(", ");
}

function toldOf(sums: readonly Sum[]): Sum[] {
  return sums.filter(({ count }) => count > 0);
}
