import type { FieldKind, HistoryEntry, Value } from "../../bindings";
import { UNSIGNED } from "../../lib/money";
import { formatValue } from "../../lib/values";
import classes from "./ChangeLine.module.css";
import { MoneyOf } from "../RecordMoney";
import { ChangeDiff } from "./ChangeDiff";

/** The changes of an entry in the cell of a list: the first is seen, and as many as there is room for. */
export function ChangeLine({ entry }: { entry: HistoryEntry }) {
  return (
    <MoneyOf record={entry}>
      <span className={classes.line}>
        {entry.changes.map((change) => (
          <span key={change.field} className={classes.change}>
            <span className={classes.field}>{change.label}</span>
            <ChangeDiff change={change} operation={entry.operation} />
          </span>
        ))}
      </span>
    </MoneyOf>
  );
}

/** The changes for the clipboard, amounts without a sign. */
export function changesText({ changes }: HistoryEntry): string {
  return changes
    .map(
      ({ label, kind, old, new: next }) => `${label}: ${plain(old, kind)} → ${plain(next, kind)}`,
    )
    .join("; ");
}

const plain = (value: Value, kind: FieldKind) => formatValue(value, kind, [], UNSIGNED);
