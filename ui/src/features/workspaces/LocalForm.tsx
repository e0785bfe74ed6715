import { TextInput } from "@mantine/core";
import { useState } from "react";

import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { toCoreError } from "../../lib/errors";
import { StartForm } from "./StartForm";

/** Makes a workspace in a file on this machine. */
export function LocalForm({ autoFocus }: { autoFocus: boolean }) {
  const [name, setName] = useState("");
  const create = useCommand("workspaces.create_local");
  const problem = create.error ? toCoreError(create.error) : null;
  return (
    <StartForm
      submitLabel="Create workspace"
      onSubmit={() => create.mutate({ name: name.trim() })}
      isBusy={create.isPending}
      isBlocked={name.trim() === ""}
      testid="create-workspace"
    >
      <TextInput
        label="Name"
        description="What the shop is called. It can have any name."
        placeholder="Shop North"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.fields?.["name"]}
        required
        autoFocus={autoFocus}
        data-testid="workspace-name"
      />
      {problem && !problem.fields?.["name"] && <InlineError error={create.error} />}
    </StartForm>
  );
}
