import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconDatabase, IconDeviceDesktop, IconX } from "@tabler/icons-react";
import { useState } from "react";

import type { WorkspaceInfo } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { toCoreError } from "../../lib/errors";
import classes from "./StartScreen.module.css";

/** The workspaces that this machine knows, the last opened first. */
export function KnownWorkspaces({ workspaces }: { workspaces: WorkspaceInfo[] }) {
  const [leaving, setLeaving] = useState<WorkspaceInfo | null>(null);
  const open = useCommand("workspaces.open");
  const forget = useCommand("workspaces.forget", () => setLeaving(null));
  // The stage moves on to the question for the password by itself.
  const failed = open.error && toCoreError(open.error).code !== "password_needed";
  return (
    <>
      <ul className={classes.known} data-testid="known-workspaces">
        {workspaces.map((workspace) => (
          <li key={workspace.id}>
            <UnstyledButton
              className={classes.open ?? ""}
              onClick={() => open.mutate({ id: workspace.id })}
              disabled={open.isPending}
            >
              {workspace.kind === "local" ? (
                <IconDeviceDesktop size={18} />
              ) : (
                <IconDatabase size={18} />
              )}
              <span>
                <span className={classes.name}>{workspace.name}</span>
                <span className={classes.location}>{workspace.location}</span>
              </span>
            </UnstyledButton>
            <Tooltip label="Take off this list">
              <ActionIcon
                aria-label={`Take ${workspace.name} off this list`}
                onClick={() => setLeaving(workspace)}
              >
                <IconX size={16} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      {failed && <InlineError error={open.error} />}
      <ConfirmDialog
        opened={leaving !== null}
        title={`Take ${leaving?.name ?? ""} off this list?`}
        confirmLabel="Take off the list"
        busy={forget.isPending}
        error={forget.error}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && forget.mutate({ id: leaving.id })}
      >
        Its data stays where it is: {leaving?.location}
      </ConfirmDialog>
    </>
  );
}
