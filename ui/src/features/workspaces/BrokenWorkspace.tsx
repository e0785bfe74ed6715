import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";

import { CopyButton } from "../../components/CopyButton";
import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { CommandError, errorDetails, toCoreError } from "../../lib/errors";
import { OtherWorkspace } from "./OtherWorkspace";
import { StartScreen } from "./StartScreen";
import classes from "./StartScreen.module.css";

/** The workspace that was open last cannot be opened now: why, and what can be done. */
export function BrokenWorkspace() {
  const { workspace, problem } = useAppState();
  const open = useCommand("workspaces.open");
  const name = workspace?.name ?? "The workspace";
  const error = open.error
    ? toCoreError(open.error)
    : (problem ?? { code: "internal" as const, message: "It is not known why." });
  return (
    <StartScreen
      title={`${name} cannot be opened`}
      lead={workspace?.location}
      foot={<OtherWorkspace />}
    >
      <div className={classes.form}>
        <InlineError error={new CommandError(error)} />
        <div className={classes.actions}>
          {workspace && (
            <Button
              leftSection={<IconRefresh size={16} />}
              loading={open.isPending}
              onClick={() => open.mutate({ id: workspace.id })}
              data-testid="retry"
            >
              Try again
            </Button>
          )}
          <CopyButton
            text={() => errorDetails(new CommandError(error), `Opening ${name}`)}
            label="Copy details"
          />
        </div>
      </div>
    </StartScreen>
  );
}
