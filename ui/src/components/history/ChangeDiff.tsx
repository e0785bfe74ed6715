import type { HistoryChange, HistoryOperation } from "../../bindings";
import { Diff } from "../Diff";

interface ChangeDiffProps {
  change: HistoryChange;
  operation: HistoryOperation;
  /** Both values in full, over several lines. */
  isWhole?: boolean;
}

/** One field of an entry, before and after; of a new record, what the field began with. */
export function ChangeDiff({ change, operation, isWhole = false }: ChangeDiffProps) {
  const isNew = operation === "create";
  return (
    <Diff
      old={isNew ? null : change.old}
      new={change.new}
      kind={change.kind}
      tone={isNew ? "create" : "update"}
      isWhole={isWhole}
    />
  );
}
