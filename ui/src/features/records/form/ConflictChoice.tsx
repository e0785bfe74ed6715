import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

import type { FieldInfo, Value } from "../../../bindings";
import { useMoneyStyle } from "../../../components/moneyContext";
import { PicturesIn } from "../../../components/picture";
import { formatMoment } from "../../../lib/format";
import { formatValue, isEmptyValue } from "../../../lib/values";
import classes from "./Form.module.css";
import { whoSet } from "./setBy";
import type { Contradiction } from "./state";

interface ConflictChoiceProps {
  info: FieldInfo;
  conflict: Contradiction;
  mine: Value;
  onSettle: (keep: "mine" | "theirs") => void;
}

/** Both values of a field that two users changed; one of them is chosen. */
export function ConflictChoice({ info, conflict, mine, onSettle }: ConflictChoiceProps) {
  const money = useMoneyStyle();
  const text = (value: Value) =>
    isEmptyValue(value) ? "empty" : formatValue(value, info.kind, info.choices, money);
  return (
    <div
      className={classes.conflict}
      role="group"
      aria-label={`${info.label}: two values`}
      data-problem
      data-testid={`conflict-${info.key}`}
    >
      <div
        className={classes.conflictTitle}
        title={conflict.by.at === null ? undefined : formatMoment(conflict.by.at)}
      >
        <IconAlertTriangle size={14} />
        <span>
          {whoSet(conflict.by)} set {info.label} to{" "}
          {isEmptyValue(conflict.theirs) ? "nothing" : `“${text(conflict.theirs)}”`}. It was{" "}
          {text(conflict.seen)}.
        </span>
      </div>
      <div className={classes.conflictChoices}>
        <UnstyledButton className={classes.conflictChoice ?? ""} onClick={() => onSettle("mine")}>
          <span>Keep yours</span>
          <PicturesIn value={mine} kind={info.kind} isWhole />
          <strong>{text(mine)}</strong>
        </UnstyledButton>
        <UnstyledButton className={classes.conflictChoice ?? ""} onClick={() => onSettle("theirs")}>
          <span>Take theirs</span>
          <PicturesIn value={conflict.theirs} kind={info.kind} isWhole />
          <strong>{text(conflict.theirs)}</strong>
        </UnstyledButton>
      </div>
    </div>
  );
}
