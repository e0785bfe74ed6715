import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { StartForm } from "../workspaces/StartForm";
import { StartScreen } from "../workspaces/StartScreen";
import lockClasses from "./LockScreen.module.css";
import { Refusal, useWait } from "./Refusal";

/**
 * Covers the whole window until the person's password is typed. A modal dialog of the browser
 * itself: nothing under it, open menus and dialogs included, can be seen or reached.
 */
export function LockScreen() {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog
      ref={ref}
      className={lockClasses.lock}
      aria-modal="true"
      aria-label="The window is locked"
      onCancel={(event) => event.preventDefault()}
      onClose={() => ref.current?.showModal()}
      data-testid="lock-screen"
    >
      <Unlock />
    </dialog>
  );
}

function Unlock() {
  const { person, workspace } = useAppState();
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const unlock = useCommand("session.unlock");
  const signOut = useCommand("session.sign_out");
  const wait = useWait(unlock.error);
  const submit = () =>
    unlock.mutate(
      { password },
      {
        onError: () => {
          setPassword("");
          field.current?.focus();
        },
      },
    );
  return (
    <StartScreen
      title={`${workspace?.name ?? "Backstock"} is locked`}
      lead={`${person?.name ?? ""}, your work is as you left it.`}
      foot={
        <Button
          variant="subtle"
          color="gray"
          loading={signOut.isPending}
          onClick={() => signOut.mutate({}, { onError: showErrorToast })}
          data-testid="lock-sign-out"
        >
          Sign out instead
        </Button>
      }
    >
      <StartForm
        submitLabel="Unlock"
        onSubmit={submit}
        isBusy={unlock.isPending}
        isBlocked={password === "" || wait > 0}
        testid="unlock"
      >
        <PasswordInput
          ref={field}
          label="Your password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoFocus
          data-testid="unlock-password"
        />
        {unlock.error && <Refusal error={unlock.error} wait={wait} />}
      </StartForm>
    </StartScreen>
  );
}
