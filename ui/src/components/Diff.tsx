import type { FieldKind, Value } from "../bindings";
import { formatValue, isEmptyValue } from "../lib/values";
import classes from "./Diff.module.css";

interface DiffProps {
  old: Value;
  new: Value;
  kind: FieldKind;
  /** The colour of the new value; blue for an update. */
  tone?: "create" | "update" | "conflict";
}

/** One field before and after: the old value struck through, the new one in its colour. */
export function Diff({ old, new: next, kind, tone = "update" }: DiffProps) {
  const before = isEmptyValue(old) ? "" : `${formatValue(old, kind)} → `;
  const after = isEmptyValue(next) ? "empty" : formatValue(next, kind);
  return (
    <span className={classes.diff} title={before + after}>
      {!isEmptyValue(old) && (
        <>
          <del className={classes.old}>{formatValue(old, kind)}</del>
          <span aria-hidden className={classes.arrow}>
            →
          </span>
        </>
      )}
      {isEmptyValue(next) ? (
        <em className={classes.empty}>empty</em>
      ) : (
        <ins className={classes.new} data-tone={tone}>
          {formatValue(next, kind)}
        </ins>
      )}
    </span>
  );
}
