import type { FieldKind, HistoryChange, HistoryEntry, Value } from "../../bindings";
import { formatCount } from "../../lib/format";
import { UNSIGNED } from "../../lib/money";
import { formatValue, isEmptyValue, isWords } from "../../lib/values";
import { WHOLE_CODE } from "../MiddleCut";
import { MoneyOf } from "../RecordMoney";
import { ChangeDiff } from "./ChangeDiff";
import classes from "./ChangeLine.module.css";

/** The changes of an entry in the cell of a list: the first is seen, and as many as there is room for. */
export function ChangeLine({ entry }: { entry: HistoryEntry }) {
  const { changes, operation } = entry;
  return (
    <MoneyOf record={entry}>
      <span className={classes.line}>
        <span className={classes.changes}>
          {changes.map((change) => (
            <span key={change.field} className={classes.change}>
              <span className={classes.field}>{change.label}</span>
              <ChangeDiff change={change} operation={operation} />
            </span>
          ))}
        </span>
        {changes.length > 1 && (
          <span className={classes.field}>{formatCount(changes.length, "field")}</span>
        )}
      </span>
    </MoneyOf>
  );
}

/** The signs and gaps of a line. */
const GAPS = "///";

/** What of the first change is never cut: amounts, counts and codes with their field. */
export function wholeChange({ changes, operation }: HistoryEntry): string {
  const [first] = changes;
  if (first === undefined || isWords(first.kind)) return "";
  const more = changes.length > 1 ? `${formatCount(changes.length, "field")}${GAPS}` : "";
  return `${first.label}${GAPS}${sides(first, operation === "create")}${more}`;
}

function sides({ old, new: next, kind }: HistoryChange, isNew: boolean): string {
  const told = isNew ? [next] : [old, next];
  const texts = told.map((value) =>
    isEmptyValue(value) ? "empty" : formatValue(value, kind).slice(0, WHOLE_CODE),
  );
  return texts.join(" → ");
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
