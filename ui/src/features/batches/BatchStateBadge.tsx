import type { Batch, BatchState } from "../../bindings";
import { type Tone, ToneBadge } from "../../components/OutcomeBadge";

interface Standing {
  label: string;
  tone: Tone;
}

const UNDONE: Standing = { label: "Undone", tone: "unchanged" };

const STATES: Record<BatchState, Standing> = {
  running: { label: "Running", tone: "update" },
  done: { label: "Done", tone: "create" },
  cancelled: { label: "Stopped", tone: "conflict" },
  failed: { label: "Failed", tone: "error" },
};

/** How a batch stands; one that was taken back says so. */
export function batchState({ undoneBy, state }: Batch): Standing {
  return undoneBy === null ? STATES[state] : UNDONE;
}

/** The same as a badge. */
export function BatchStateBadge({ batch }: { batch: Batch }) {
  return <ToneBadge {...batchState(batch)} />;
}
