import { Button } from "@mantine/core";

import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { StartScreen } from "../workspaces/StartScreen";
import { ChangePasswordForm } from "./ChangePasswordForm";

/** The password was given by another user: the first thing is to choose one's own. */
export function ExpiredPassword() {
  const { person } = useAppState();
  const signOut = useCommand("session.sign_out");
  return (
    <StartScreen
      title="Choose your own password"
      lead={`${person?.name ?? ""}, the one that you signed in with was given to you. From now on only you know it.`}
      foot={
        <Button
          variant="subtle"
          color="gray"
          loading={signOut.isPending}
          onClick={() => signOut.mutate({}, { onError: showErrorToast })}
          data-testid="expired-sign-out"
        >
          Sign out
        </Button>
      }
    >
      <ChangePasswordForm currentLabel="The password that you were given" />
    </StartScreen>
  );
}
