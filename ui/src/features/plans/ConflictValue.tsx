import type {
  FieldChoice,
  FieldConflict,
  FieldKind,
  Origin,
  Resolution,
  Value,
} from "../../bindings";
import { formatValue, isEmptyValue } from "../../lib/values";
import classes from "./ConflictValue.module.css";
import { proposalWord } from "./decisions";

interface ConflictValueProps {
  conflict: FieldConflict;
  kind: FieldKind;
  choices?: readonly FieldChoice[] | undefined;
  origin: Origin;
  resolution: Resolution | null;
}

/** A value as a word. */
export function valueWord(value: Value, kind: FieldKind, choices?: readonly FieldChoice[]): string {
  return isEmptyValue(value) ? "empty" : formatValue(value, kind, choices);
}

/** The two values that contradict; what was decided against is struck through. */
export function ConflictValue({ conflict, kind, choices, origin, resolution }: ConflictValueProps) {
  const proposed = `${proposalWord(origin)} ${valueWord(conflict.proposed, kind, choices)}`;
  const now = `now ${valueWord(conflict.current, kind, choices)}`;
  return (
    <span
      className={classes.conflict}
      title={`${proposed} · ${now} · was ${valueWord(conflict.base, kind, choices)}`}
      data-resolution={resolution}
    >
      {resolution === "keep" ? <del>{proposed}</del> : <span>{proposed}</span>}
      {" · "}
      {resolution === "take" ? <del>{now}</del> : <span className={classes.now}>{now}</span>}
    </span>
  );
}
