import type { FieldChoice, FieldKind, Value } from "../bindings";
import { formatValue, isEmptyValue, isNumeric, isWords } from "../lib/values";
import { cutAlike, differingEnd } from "./differing";
import classes from "./Diff.module.css";
import { isOneWord, MiddleCut } from "./MiddleCut";
import { useMoneyStyle } from "./moneyContext";
import { PicturesIn } from "./picture";

interface DiffProps {
  old: Value;
  new: Value;
  kind: FieldKind;
  /** What the values may be, where they are keys of choices. */
  choices?: readonly FieldChoice[] | undefined;
  /** The colour of the new value; blue for an update, none for what will not come to be. */
  tone?: "create" | "update" | "conflict" | "none";
  /** Both values in full, over several lines; without, one line that may be cut. */
  isWhole?: boolean;
}

/** One field before and after: the old value struck through, the new one in its colour. */
export function Diff({
  old,
  new: next,
  kind,
  choices,
  tone = "update",
  isWhole = false,
}: DiffProps) {
  const money = useMoneyStyle();
  const before = formatValue(old, kind, choices, money);
  const after = formatValue(next, kind, choices, money);
  const isCut = !isWhole && (isWords(kind) || kind === "code");
  const isChange = !isEmptyValue(old) && !isEmptyValue(next);
  const [oldText, newText] = isCut && isChange ? cutAlike(before, after) : [before, after];
  const tail = isChange ? differingEnd(before, after) : 0;
  const shown = (text: string) =>
    isCut && isOneWord(text) ? <MiddleCut text={text} tail={tail} /> : text;
  const whole = isEmptyValue(next) ? "empty" : after;
  return (
    <span
      className={classes.diff}
      title={isEmptyValue(old) ? whole : `${before} → ${whole}`}
      data-whole={isWhole || undefined}
      data-fixed={isNumeric(kind) || kind === "date" || undefined}
    >
      {!isEmptyValue(old) && (
        <>
          <del className={classes.old}>
            <PicturesIn value={old} kind={kind} isWhole={isWhole} />
            {shown(oldText)}
          </del>
          <span aria-hidden className={classes.arrow}>
            {" → "}
          </span>
        </>
      )}
      {isEmptyValue(next) ? (
        <em className={classes.empty}>empty</em>
      ) : (
        <ins className={classes.new} data-tone={tone}>
          <PicturesIn value={next} kind={kind} isWhole={isWhole} />
          {shown(newText)}
        </ins>
      )}
    </span>
  );
}
