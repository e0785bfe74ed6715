import type { FieldKind, Value } from "../bindings";
import { formatValue } from "../lib/values";
import classes from "./ChangeLine.module.css";
import { Diff } from "./Diff";

/** What happened to one field, with its name. */
export interface NamedChange {
  field: string;
  label: string;
  kind: FieldKind;
  old: Value;
  new: Value;
}

interface ChangeLineProps {
  changes: readonly NamedChange[];
  /** The values are what a record began with. */
  isNew: boolean;
}

/** The changes of a record in the cell of a list: the first is seen, and as many as there is room for. */
export function ChangeLine({ changes, isNew }: ChangeLineProps) {
  return (
    <span className={classes.line}>
      {changes.map(({ field, label, kind, old, new: next }) => (
        <span key={field} className={classes.change}>
          <span className={classes.field}>{label}</span>
          <Diff
            old={isNew ? null : old}
            new={next}
            kind={kind}
            tone={isNew ? "create" : "update"}
          />
        </span>
      ))}
    </span>
  );
}

/** The changes for the clipboard. */
export function changesText(changes: readonly NamedChange[]): string {
  return changes
    .map(
      ({ label, kind, old, new: next }) =>
        `${label}: ${formatValue(old, kind)} → ${formatValue(next, kind)}`,
    )
    .join("; ");
}
