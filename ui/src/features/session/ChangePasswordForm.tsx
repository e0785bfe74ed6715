import { PasswordInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { StartForm } from "../workspaces/StartForm";
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
    <StartForm
      submitLabel="Change password"
      onSubmit={() => change.mutate({ current, new: next })}
      isBusy={change.isPending}
      isBlocked={current === "" || !isFine || wait > 0}
      testid="change-password"
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
    </StartForm>
  );
}
