import type { BatchCounts } from "../bindings";
import { formatInteger } from "../lib/format";
import classes from "./BatchFacts.module.css";
import type { Tone } from "./OutcomeBadge";

interface Fact {
  key: keyof BatchCounts;
  label: string;
  tone: Tone;
}

/** The telling ones first: where there is little room, the others are cut off. */
const FACTS: Fact[] = [
  { key: "created", label: "created", tone: "create" },
  { key: "updated", label: "updated", tone: "update" },
  { key: "kept", label: "kept", tone: "conflict" },
  { key: "rejected", label: "rejected", tone: "error" },
  { key: "notReached", label: "not reached", tone: "waiting" },
  { key: "unchanged", label: "unchanged", tone: "unchanged" },
  { key: "skipped", label: "skipped", tone: "unchanged" },
];

/** What a batch did, in numbers that add up to what was read; zeros are left out. */
export function BatchFacts({ counts }: { counts: BatchCounts }) {
  const told = FACTS.filter(({ key }) => counts[key] > 0);
  return (
    <span className={classes.facts}>
      {told.map(({ key, label, tone }) => (
        <span key={key} className={classes.fact} data-tone={tone} data-testid={`fact-${key}`}>
          <b>{formatInteger(counts[key])}</b> {label}
        </span>
      ))}
      {counts.implied > 0 && (
        <span className={classes.fact}>
          <b>{formatInteger(counts.implied)}</b> more written that no row stands for
        </span>
      )}
      {told.length === 0 && <span className={classes.fact}>nothing changed</span>}
    </span>
  );
}
