import type { Operation } from "../../bindings";
import { type Tone, ToneBadge } from "../../components/OutcomeBadge";

const OPERATIONS: Record<Operation, { label: string; tone: Tone }> = {
  create: { label: "Created", tone: "create" },
  update: { label: "Updated", tone: "update" },
  trash: { label: "Trashed", tone: "unchanged" },
  restore: { label: "Restored", tone: "create" },
  purge: { label: "Deleted", tone: "error" },
};

/** What happened to a record as a whole. */
export function OperationBadge({ operation }: { operation: Operation }) {
  return <ToneBadge {...OPERATIONS[operation]} />;
}
