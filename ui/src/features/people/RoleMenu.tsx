import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";

import type { RoleInfo } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { showToast } from "../../components/toast";
import { formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";
import { usePeoplePanel } from "./panel";
import { usePeopleCommand } from "./usePeopleCommand";

/** Who has a role, in words. */
export function holdersOf({ users }: RoleInfo): string {
  return users === 0 ? "No person has it." : `${formatCount(users, "person", "people")} with it.`;
}

/** What can be done with a role. */
export function RoleMenu({ role }: { role: RoleInfo }) {
  const [isDeleting, setIsDeleting] = useState(false);
  const people = formatCount(role.users, "person", "people");
  return (
    <>
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
      <DeleteRole role={role} opened={isDeleting} onClose={() => setIsDeleting(false)} />
    </>
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
      No person has it. It cannot be brought back, only made again.
    </ConfirmDialog>
  );
}
