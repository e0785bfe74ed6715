import type { HistoryOperation } from "../bindings";
import { OPERATIONS } from "../lib/operations";
import { ToneBadge } from "./OutcomeBadge";

/** What happened to a record as a whole. */
export function OperationBadge({ operation }: { operation: HistoryOperation }) {
  const { label, tone } = OPERATIONS[operation];
  return <ToneBadge tone={tone} label={label} />;
}
