import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconCopy, IconDots, IconTrash, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";

import type { RoleInfo } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import panelClasses from "../../components/Panel.module.css";
import { showToast } from "../../components/toast";
import { formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";
import { usePeoplePanel } from "./panel";
import { usePeopleCommand } from "./usePeopleCommand";

/** Which role it is, who has it, and what can be done with it. */
export function RoleHeader({ role }: { role: RoleInfo }) {
  const { close } = usePeoplePanel();
  const [isDeleting, setIsDeleting] = useState(false);
  const people = formatCount(role.users, "person", "people");
  return (
    <header className={panelClasses.header}>
      <div className={panelClasses.titles}>
        <h2 className={panelClasses.title} data-testid="panel-title">
          {role.name}
        </h2>
        <div className={panelClasses.subtitle}>
          <span>{role.description || (role.builtIn ? "Built in" : "Made here")}</span>
          <span>{role.users === 0 ? "Nobody has it." : `${people} with it.`}</span>
        </div>
      </div>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon aria-label={`More for the role ${role.name}`} data-testid="role-actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`${paths.newRole}?${new URLSearchParams({ from: role.key }).toString()}`}
            leftSection={<IconCopy size={16} />}
            data-testid="copy-role"
          >
            Make a role with these rights
          </Menu.Item>
          {!role.builtIn && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              disabled={role.users > 0 || !role.mayEdit}
              onClick={() => setIsDeleting(true)}
              data-testid="delete-role"
            >
              {role.users > 0 ? `Delete: ${people} with it first need another` : "Delete…"}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label="Close (Esc)">
        <ActionIcon aria-label="Close" onClick={close} data-testid="close-panel">
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
      <DeleteRole role={role} opened={isDeleting} onClose={() => setIsDeleting(false)} />
    </header>
  );
}

interface DeleteRoleProps {
  role: RoleInfo;
  opened: boolean;
  onClose: () => void;
}

function DeleteRole({ role, opened, onClose }: DeleteRoleProps) {
  const { close } = usePeoplePanel();
  const remove = usePeopleCommand("roles.delete", () => {
    showToast(`The role ${role.name} was deleted.`);
    onClose();
    close();
  });
  return (
    <ConfirmDialog
      opened={opened}
      title={`Delete the role ${role.name}?`}
      confirmLabel={`Delete ${role.name}`}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ key: role.key, version: role.version })}
      onClose={onClose}
    >
      Nobody has it. It cannot be brought back, only made again.
    </ConfirmDialog>
  );
}
