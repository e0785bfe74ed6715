import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import { NewPasswordInput } from "../session/NewPasswordInput";
import type { PasswordOwner } from "../session/usePasswordCheck";
import classes from "./People.module.css";

/** A password that another person will sign in with first. */
export interface GivenPassword {
  /** The typed one; null for one that is to be generated. */
  typed: string | null;
  type: (typed: string | null) => void;
  /** Whether it can be given, as far as is known. */
  isFine: boolean;
  judge: (isFine: boolean) => void;
}

/** The password of a form: generated unless the user types one. */
export function useGivenPassword(): GivenPassword {
  const [typed, type] = useState<string | null>(null);
  const [isJudgedFine, judge] = useState(false);
  return { typed, type, isFine: typed === null || isJudgedFine, judge };
}

const KINDS = [
  { value: "generate", label: "Generate one" },
  { value: "type", label: "Type one" },
];

interface PasswordChoiceProps {
  password: GivenPassword;
  owner: PasswordOwner;
  error?: string | undefined;
}

/** Whether a person's first password is generated or typed. It must be changed either way. */
export function PasswordChoice({ password, owner, error }: PasswordChoiceProps) {
  const { typed, type, judge } = password;
  return (
    <div className={classes.choice}>
      <SegmentedControl
        aria-label="Password"
        data={KINDS}
        value={typed === null ? "generate" : "type"}
        onChange={(kind) => type(kind === "type" ? "" : null)}
        data-testid="password-kind"
      />
      {typed === null ? (
        <p className={classes.text}>
          A random password is made and shown once, for you to pass on.
        </p>
      ) : (
        <NewPasswordInput
          label="Password"
          value={typed}
          onChange={type}
          onJudged={judge}
          owner={owner}
          error={error}
          testid="given-password"
        />
      )}
    </div>
  );
}
