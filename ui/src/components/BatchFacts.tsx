import type { Batch, BatchCounts, Origin } from "../bindings";
import { formatInteger } from "../lib/format";
import { OPERATIONS } from "../lib/operations";
import classes from "./BatchFacts.module.css";
import type { Tone } from "./OutcomeBadge";

/** What a batch did and by what. */
type Counted = Pick<Batch, "origin" | "counts">;

interface Fact {
  key: keyof BatchCounts;
  label: string;
  tone: Tone;
}

interface ToldFact extends Fact {
  count: number;
}

/** The telling ones first: where there is little room, the others are cut off. */
const FACTS: Fact[] = [
  { key: "created", label: "created", tone: "create" },
  { key: "updated", label: "updated", tone: "update" },
  { key: "trashed", label: OPERATIONS.trash.label.toLowerCase(), tone: OPERATIONS.trash.tone },
  { key: "restored", label: OPERATIONS.restore.label.toLowerCase(), tone: OPERATIONS.restore.tone },
  { key: "kept", label: "not changed, waiting for you", tone: "conflict" },
  { key: "rejected", label: "rejected", tone: "error" },
  { key: "notReached", label: "not reached", tone: "waiting" },
  { key: "unchanged", label: "unchanged", tone: "unchanged" },
  { key: "skipped", label: "skipped", tone: "unchanged" },
  { key: "implied", label: "made from their variants", tone: "unchanged" },
];

/** What a batch did, in numbers that add up to what was read; zeros are left out. */
export function BatchFacts({ batch }: { batch: Counted }) {
  const told = toldOf(batch);
  return (
    <span className={classes.facts}>
      {told.map(({ key, label, tone, count }) => (
        <span key={key} className={classes.fact} data-tone={tone} data-testid={`fact-${key}`}>
          <b>{formatInteger(count)}</b> {label}
        </span>
      ))}
      {told.length === 0 && <span className={classes.fact}>nothing changed</span>}
    </span>
  );
}

/** The same for the clipboard. */
export function factsText(batch: Counted): string {
  const told = toldOf(batch).map(({ label, count }) => `${count} ${label}`);
  return told.join(", ") || "nothing changed";
}

function toldOf(batch: Counted): ToldFact[] {
  const told = FACTS.map((fact) => toldFact(fact, batch));
  return told.filter(({ count }) => count > 0);
}

function toldFact(fact: Fact, { counts, origin }: Counted): ToldFact {
  if (fact.key !== "updated") return { ...fact, count: counts[fact.key] };
  const count = counts.updated - counts.trashed - counts.restored;
  return { ...updatedBy(origin, fact), count };
}

/** A batch that deletes records for good counts them as updated. */
function updatedBy(origin: Origin, fact: Fact): Fact {
  if (origin !== "purge") return fact;
  const { label, tone } = OPERATIONS.purge;
  return { key: fact.key, label: label.toLowerCase(), tone };
}
