import type { HistoryEntry } from "../../bindings";
import { formatValue } from "../../lib/values";
import classes from "./ChangeLine.module.css";
import { ChangeDiff } from "./ChangeDiff";

/** The changes of an entry in the cell of a list: the first is seen, and as many as there is room for. */
export function ChangeLine({ entry }: { entry: HistoryEntry }) {
  return (
    <span className={classes.line}>
      {entry.changes.map((change) => (
        <span key={change.field} className={classes.change}>
          <span className={classes.field}>{change.label}</span>
          <ChangeDiff change={change} operation={entry.operation} />
        </span>
      ))}
    </span>
  );
}

/** The changes for the clipboard. */
export function changesText({ changes }: HistoryEntry): string {
  return changes
    .map(
      ({ label, kind, old, new: next }) =>
        `${label}: ${formatValue(old, kind)} → ${formatValue(next, kind)}`,
    )
    .join("; ");
}
