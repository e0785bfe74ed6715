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
import { baseWord, currentWord, proposalWord } from "./decisions";

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

/**
 * The values that contradict; what was decided against is struck through. A sync has three, since neither
 * side is the later one: what both agreed on, what is here, what is there.
 */
export function ConflictValue({ conflict, kind, choices, origin, resolution }: ConflictValueProps) {
  const word = useValueWord(kind, choices);
  const base = `${baseWord(origin)} ${word(conflict.base)}`;
  const proposed = `${proposalWord(origin)} ${word(conflict.proposed)}`;
  const now = `${currentWord(origin)} ${word(conflict.current)}`;
  const isSync = origin === "sync";
  const theirs = resolution === "keep" ? <del>{proposed}</del> : <span>{proposed}</span>;
  const ours =
    resolution === "take" ? (
      <del>{now}</del>
    ) : (
      <span className={isSync ? undefined : classes.now}>{now}</span>
    );
  return (
    <span
      className={classes.conflict}
      title={isSync ? `${base} · ${now} · ${proposed}` : `${proposed} · ${now} · ${base}`}
      data-resolution={resolution}
    >
      {isSync ? (
        <>
          <span className={classes.now}>{base}</span> · {ours} · {theirs}
        </>
      ) : (
        <>
          {theirs} · {ours}
        </>
      )}
    </span>
  );
}
