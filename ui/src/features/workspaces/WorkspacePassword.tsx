import { PasswordInput } from "@mantine/core";
import { useRef, useState } from "react";

import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { OtherWorkspace } from "./OtherWorkspace";
import { RememberPassword } from "./RememberPassword";
import { StartForm } from "./StartForm";
import { StartScreen } from "./StartScreen";
import { tellRemember } from "./tellRemember";

/** A shared workspace whose database password this machine does not have. */
export function WorkspacePassword() {
  const { workspace } = useAppState();
  const [password, setPassword] = useState("");
  const [remember, setRemember] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const open = useCommand("workspaces.open", tellRemember);
  const submit = () => {
    if (!workspace) return;
    open.mutate(
      { id: workspace.id, password, remember },
      {
        onError: () => field.current?.focus(),
        // A wrong password is typed anew, not mended: its letters are not seen. A right one has done its work.
        onSettled: () => setPassword(""),
      },
    );
  };
  return (
    <StartScreen
      title={`Password for ${workspace?.name ?? "the database"}`}
      lead={workspace?.location}
      foot={<OtherWorkspace />}
    >
      <StartForm
        submitLabel="Open workspace"
        onSubmit={submit}
        isBusy={open.isPending}
        isBlocked={password === ""}
        testid="open-workspace"
      >
        <PasswordInput
          ref={field}
          label="Database password"
          description="The password of the database user, not your own."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoFocus
          data-testid="database-password"
        />
        <RememberPassword value={remember} onChange={setRemember} />
        {open.error && <InlineError error={open.error} />}
      </StartForm>
    </StartScreen>
  );
}
