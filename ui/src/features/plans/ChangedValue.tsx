import type { Change, FieldChoice, FieldKind, Outcome } from "../../bindings";
import { Diff } from "../../components/Diff";

interface ChangedValueProps {
  change: Change;
  kind: FieldKind;
  choices?: readonly FieldChoice[] | undefined;
  outcome: Outcome;
  /** Both values in full, over several lines. */
  isWhole?: boolean;
}

/** A changed field as its outcome reads: new, or old → new. */
export function ChangedValue({
  change,
  kind,
  choices,
  outcome,
  isWhole = false,
}: ChangedValueProps) {
  const isNew = outcome === "create";
  return (
    <Diff
      old={isNew ? null : change.old}
      new={change.new}
      kind={kind}
      choices={choices}
      tone={isNew ? "create" : outcome === "error" ? "none" : "update"}
      isWhole={isWhole}
    />
  );
}
