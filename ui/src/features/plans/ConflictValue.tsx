import type {
  FieldChoice,
  FieldConflict,
  FieldKind,
  Origin,
  Resolution,
  Value,
} from "../../bindings";
import { useMoneyStyle } from "../../components/moneyContext";
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

/** How a value reads as a word. */
export function useValueWord(kind: FieldKind, choices?: readonly FieldChoice[]) {
  const money = useMoneyStyle();
  return (value: Value) =>
    isEmptyValue(value) ? "empty" : formatValue(value, kind, choices, money);
}

/** The two values that contradict; what was decided against is struck through. */
export function ConflictValue({ conflict, kind, choices, origin, resolution }: ConflictValueProps) {
  const word = useValueWord(kind, choices);
  const proposed = `${proposalWord(origin)} ${word(conflict.proposed)}`;
  const now = `now ${word(conflict.current)}`;
  return (
    <span
      className={classes.conflict}
      title={`${proposed} · ${now} · was ${word(conflict.base)}`}
      data-resolution={resolution}
    >
      {resolution === "keep" ? <del>{proposed}</del> : <span>{proposed}</span>}
      {" · "}
      {resolution === "take" ? <del>{now}</del> : <span className={classes.now}>{now}</span>}
    </span>
  );
}
