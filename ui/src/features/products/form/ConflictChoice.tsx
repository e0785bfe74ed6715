import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

import type { FieldInfo, Value } from "../../../bindings";
import { formatValue, isEmptyValue } from "../../../lib/values";
import classes from "./Form.module.css";
import type { FieldConflict } from "./state";

interface ConflictChoiceProps {
  info: FieldInfo;
  conflict: FieldConflict;
  mine: Value;
  /** Who gave it the other value. */
  who: string;
  onSettle: (keep: "mine" | "theirs") => void;
}

/** Both values of a field that two people changed; one of them is chosen. */
export function ConflictChoice({ info, conflict, mine, who, onSettle }: ConflictChoiceProps) {
  const text = (value: Value) => (isEmptyValue(value) ? "empty" : formatValue(value, info.kind));
  return (
    <div
      className={classes.conflict}
      role="group"
      aria-label={`${info.label}: two values`}
      data-testid={`conflict-${info.key}`}
    >
      <div className={classes.conflictTitle}>
        <IconAlertTriangle size={14} />
        {who} set {info.label} to{" "}
        {isEmptyValue(conflict.theirs) ? "nothing" : `“${text(conflict.theirs)}”`}. It was{" "}
        {text(conflict.seen)}.
      </div>
      <div className={classes.conflictChoices}>
        <UnstyledButton className={classes.conflictChoice ?? ""} onClick={() => onSettle("mine")}>
          <span>Keep yours</span>
          <strong>{text(mine)}</strong>
        </UnstyledButton>
        <UnstyledButton className={classes.conflictChoice ?? ""} onClick={() => onSettle("theirs")}>
          <span>Take theirs</span>
          <strong>{text(conflict.theirs)}</strong>
        </UnstyledButton>
      </div>
    </div>
  );
}
