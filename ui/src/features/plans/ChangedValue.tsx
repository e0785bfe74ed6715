import type { Change, FieldKind, Origin, Outcome } from "../../bindings";
import { Diff } from "../../components/Diff";
import { formatValue, isEmptyValue } from "../../lib/values";
import classes from "./ChangedValue.module.css";

interface ChangedValueProps {
  change: Change;
  kind: FieldKind;
  outcome: Outcome;
  origin: Origin;
}

/** A changed field as its outcome reads: new, old → new, or the two values that contradict. */
export function ChangedValue({ change, kind, outcome, origin }: ChangedValueProps) {
  if (outcome === "conflict") {
    const words = (value: Change["old"]) =>
      isEmptyValue(value) ? "empty" : formatValue(value, kind);
    const proposal = `${origin === "undo" ? "before" : "file"} ${words(change.new)}`;
    return (
      <span className={classes.conflict} title={`${proposal} · now ${words(change.old)}`}>
        {proposal}
        <span className={classes.now}> · now {words(change.old)}</span>
      </span>
    );
  }
  const isNew = outcome === "create";
  return (
    <Diff
      old={isNew ? null : change.old}
      new={change.new}
      kind={kind}
      tone={isNew ? "create" : "update"}
    />
  );
}
