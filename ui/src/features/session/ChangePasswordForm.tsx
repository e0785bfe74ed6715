import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import classes from "../workspaces/StartScreen.module.css";
import { NewPasswordInput } from "./NewPasswordInput";
import { Refusal, useWait } from "./Refusal";

interface ChangePasswordFormProps {
  currentLabel: string;
  onChanged?: () => void;
}

/** Changes one's own password; the one of now is asked for. */
export function ChangePasswordForm({ currentLabel, onChanged }: ChangePasswordFormProps) {
  const { person } = useAppState();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isFine, setIsFine] = useState(false);
  const change = useCommand("account.change_password", () => {
    setCurrent("");
    setNext("");
    onChanged?.();
  });
  const wait = useWait(change.error);
  const fields = change.error ? (toCoreError(change.error).fields ?? {}) : {};
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ current, new: next });
      }}
    >
      <PasswordInput
        label={currentLabel}
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={fields["current"]}
        required
        data-testid="current-password"
      />
      <NewPasswordInput
        label="New password"
        value={next}
        onChange={setNext}
        onJudged={setIsFine}
        owner={{ name: person?.name ?? "", email: person?.email ?? "" }}
        error={fields["new"]}
        testid="new-password"
      />
      {change.error && Object.keys(fields).length === 0 && (
        <Refusal error={change.error} wait={wait} />
      )}
      <div className={classes.actions}>
        <Button
          type="submit"
          className={classes.end ?? ""}
          loading={change.isPending}
          disabled={current === "" || !isFine || wait > 0}
          data-testid="change-password"
        >
          Change password
        </Button>
      </div>
    </form>
  );
}
