import { Button, TextInput } from "@mantine/core";
import { useState } from "react";

import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { toCoreError } from "../../lib/errors";
import classes from "./StartScreen.module.css";

/** Makes a workspace in a file on this machine. */
export function LocalForm() {
  const [name, setName] = useState("");
  const create = useCommand("workspaces.create_local");
  const problem = create.error ? toCoreError(create.error) : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim() });
      }}
    >
      <TextInput
        label="Name"
        description="What the shop is called. It can have any name."
        placeholder="Shop North"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.fields?.["name"]}
        required
        autoFocus
        data-testid="workspace-name"
      />
      {problem && !problem.fields?.["name"] && <InlineError error={create.error} />}
      <div className={classes.actions}>
        <Button
          type="submit"
          className={classes.end ?? ""}
          loading={create.isPending}
          disabled={name.trim() === ""}
          data-testid="create-workspace"
        >
          Create workspace
        </Button>
      </div>
    </form>
  );
}
