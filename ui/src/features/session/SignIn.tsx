import { PasswordInput, TextInput } from "@mantine/core";
import { useRef, useState } from "react";

import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { OtherWorkspace } from "../workspaces/OtherWorkspace";
import { StartForm } from "../workspaces/StartForm";
import { StartScreen } from "../workspaces/StartScreen";
import { keepLastEmail, readLastEmail } from "./lastEmail";
import { Refusal, useWait } from "./Refusal";

/** Signs a person in. After too many wrong passwords it counts down to the next try. */
export function SignIn() {
  const { workspace } = useAppState();
  const [email, setEmail] = useState(readLastEmail);
  const [password, setPassword] = useState("");
  const passwordRef = useRef<HTMLInputElement>(null);
  const signIn = useCommand("session.sign_in", () => keepLastEmail(email));
  const wait = useWait(signIn.error);
  const submit = () =>
    signIn.mutate(
      { email: email.trim(), password },
      {
        onError: () => {
          setPassword("");
          passwordRef.current?.focus();
        },
      },
    );
  return (
    <StartScreen
      title={`Sign in to ${workspace?.name ?? "Backstock"}`}
      lead={workspace?.location}
      foot={<OtherWorkspace />}
    >
      <StartForm
        submitLabel="Sign in"
        onSubmit={submit}
        isBusy={signIn.isPending}
        isBlocked={email.trim() === "" || password === "" || wait > 0}
        testid="sign-in"
      >
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            // Whatever was wrong was wrong with another account.
            signIn.reset();
          }}
          autoFocus={email === ""}
          data-testid="sign-in-email"
        />
        <PasswordInput
          ref={passwordRef}
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoFocus={email !== ""}
          data-testid="sign-in-password"
        />
        {signIn.error && <Refusal error={signIn.error} wait={wait} />}
      </StartForm>
    </StartScreen>
  );
}
