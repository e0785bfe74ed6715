import type { Batch, BatchState } from "../../bindings";
import { type Tone, ToneBadge } from "../../components/OutcomeBadge";

const STATES: Record<BatchState, { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "update" },
  done: { label: "Done", tone: "create" },
  cancelled: { label: "Stopped", tone: "conflict" },
  failed: { label: "Failed", tone: "error" },
};

/** How a batch stands; one that was taken back says so. */
export function BatchStateBadge({ batch }: { batch: Batch }) {
  if (batch.undoneBy !== null) return <ToneBadge tone="unchanged" label="Undone" />;
  return <ToneBadge {...STATES[batch.state]} />;
}
