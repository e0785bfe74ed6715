import { PasswordInput } from "@mantine/core";
import { useEffect, type ReactNode } from "react";

import classes from "./Strength.module.css";
import { type PasswordOwner, usePasswordCheck } from "./usePasswordCheck";

interface NewPasswordInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Is told whether it breaks no rule, as far as is known; must be stable. */
  onJudged: (isFine: boolean) => void;
  owner?: PasswordOwner;
  error?: ReactNode;
  autoFocus?: boolean;
  testid: string;
}

const NOBODY: PasswordOwner = {};

/** Where a new password is typed: says what is missing and how strong it is. */
export function NewPasswordInput(props: NewPasswordInputProps) {
  const { value, owner = NOBODY, onJudged } = props;
  const { ask, judge } = usePasswordCheck(owner);
  const { strength, text, isRefused } = judge(value);
  useEffect(() => onJudged(!isRefused), [isRefused, onJudged]);
  return (
    <PasswordInput
      label={props.label}
      autoComplete="new-password"
      value={value}
      onChange={(event) => {
        const next = event.currentTarget.value;
        props.onChange(next);
        ask(next);
      }}
      error={props.error}
      required
      autoFocus={props.autoFocus ?? false}
      description={
        <span className={classes.hint} data-strength={strength} data-refused={isRefused}>
          <span className={classes.meter} aria-hidden>
            <span />
            <span />
            <span />
            <span />
          </span>
          <span aria-live="polite">{text}</span>
        </span>
      }
      data-testid={props.testid}
    />
  );
}
