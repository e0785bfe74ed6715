import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconCheck,
  IconDatabase,
  IconDeviceDesktop,
  IconFolderOpen,
  IconPlus,
  IconSelector,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { WorkspaceInfo } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { useAppState } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { useOpenFile } from "./useOpenFile";
import classes from "./WorkspaceSwitcher.module.css";

/** The open workspace, and the way to another one. */
export function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  const { workspace } = useAppState();
  const { data: known = [] } = useQuery(commandQuery(useHost(), "workspaces.list", {}));
  const open = useCommand("workspaces.open");
  const openFile = useOpenFile();
  const close = useCommand("workspaces.close");
  const name = workspace?.name ?? "";
  const switchTo = ({ id }: WorkspaceInfo) => {
    if (id !== workspace?.id) open.mutate({ id }, { onError: showErrorToast });
  };
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Tooltip label={name} position="right" disabled={!collapsed}>
          <UnstyledButton className={classes.current ?? ""} data-testid="workspace-switcher">
            <span className={classes.mark} aria-hidden>
              {name.slice(0, 1).toUpperCase()}
            </span>
            <span className={collapsed ? "visually-hidden" : classes.name}>{name}</span>
            {!collapsed && <IconSelector size={14} />}
            <span className="visually-hidden">Switch workspace</span>
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {known.map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={
              each.kind === "local" ? <IconDeviceDesktop size={16} /> : <IconDatabase size={16} />
            }
            rightSection={each.id === workspace?.id && <IconCheck size={14} />}
            onClick={() => switchTo(each)}
          >
            {each.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconFolderOpen size={16} />}
          onClick={() => openFile.mutate(undefined, { onError: showErrorToast })}
          data-testid="open-file"
        >
          Open a workspace file…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlus size={16} />}
          onClick={() => close.mutate({}, { onError: showErrorToast })}
          data-testid="add-workspace"
        >
          Add or manage workspaces
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
