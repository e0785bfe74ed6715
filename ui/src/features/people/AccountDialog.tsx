import type { ReactNode } from "react";

import type { User } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { showToast } from "../../components/toast";
import { toCoreError } from "../../lib/errors";
import { usePeoplePanel } from "./panel";
import { PasswordChoice, useGivenPassword } from "./PasswordChoice";
import { usePeopleCommand } from "./usePeopleCommand";

/** What can be done with an account besides editing it. */
export type AccountAction = "deactivate" | "reactivate" | "delete" | "reset_password";

interface AccountDialogProps {
  user: User;
  /** Nothing is asked while there is none. */
  action: AccountAction | null;
  onClose: () => void;
}

/** Asks before something is done with an account, and names whose it is. */
export function AccountDialog({ user, action, onClose }: AccountDialogProps) {
  return (
    <>
      <SimpleDialog
        {...{ user, onClose }}
        command="users.deactivate"
        opened={action === "deactivate"}
      >
        {user.name} is signed out at once and cannot sign in until reactivated. What they did stays.
      </SimpleDialog>
      <SimpleDialog
        {...{ user, onClose }}
        command="users.reactivate"
        opened={action === "reactivate"}
      >
        {user.name} can sign in again, with the password and the role from before.
      </SimpleDialog>
      <SimpleDialog {...{ user, onClose }} command="users.delete" opened={action === "delete"}>
        {user.name} ({user.email}) is signed out at once. The account cannot be brought back; what
        they did stays in the history under their name.
      </SimpleDialog>
      <ResetDialog
        key={action}
        user={user}
        opened={action === "reset_password"}
        onClose={onClose}
      />
    </>
  );
}

const WORDS = {
  "users.deactivate": { verb: "Deactivate", done: "is deactivated" },
  "users.reactivate": { verb: "Reactivate", done: "can sign in again" },
  "users.delete": { verb: "Delete", done: "was deleted" },
} as const;

interface SimpleDialogProps {
  user: User;
  command: keyof typeof WORDS;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

function SimpleDialog({ user, command, opened, onClose, children }: SimpleDialogProps) {
  const panel = usePeoplePanel();
  const { verb, done } = WORDS[command];
  const run = usePeopleCommand(command, () => {
    showToast(`${user.name} ${done}.`);
    onClose();
    if (command === "users.delete") panel.close();
  });
  return (
    <ConfirmDialog
      opened={opened}
      title={`${verb} ${user.name}?`}
      confirmLabel={`${verb} ${user.name}`}
      danger={command !== "users.reactivate"}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate({ id: user.id, version: user.version })}
      onClose={() => {
        run.reset();
        onClose();
      }}
    >
      {children}
    </ConfirmDialog>
  );
}

function ResetDialog({ user, opened, onClose }: Omit<SimpleDialogProps, "command" | "children">) {
  const panel = usePeoplePanel();
  const password = useGivenPassword();
  const reset = usePeopleCommand("users.reset_password", (made) => {
    showToast(`The password of ${user.name} was reset.`);
    onClose();
    panel.showPassword(made);
  });
  const errors = reset.error ? (toCoreError(reset.error).fields ?? {}) : {};
  return (
    <ConfirmDialog
      opened={opened}
      title={`Reset the password of ${user.name}?`}
      confirmLabel="Reset password"
      isBlocked={!password.isFine}
      busy={reset.isPending}
      error={errors["password"] ? null : reset.error}
      onConfirm={() =>
        reset.mutate({ id: user.id, version: user.version, password: password.typed })
      }
      onClose={onClose}
    >
      <p>
        The old password stops working at once, and a lock-out ends. At the next sign-in {user.name}{" "}
        chooses an own password.
      </p>
      <PasswordChoice password={password} owner={user} error={errors["password"]} />
    </ConfirmDialog>
  );
}
