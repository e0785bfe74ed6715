import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconKey, IconTrash, IconUserCheck, IconUserPause } from "@tabler/icons-react";
import { useState } from "react";

import type { User } from "../../bindings";
import { type AccountAction, AccountDialog } from "./AccountDialog";

/** What can be done with an account. */
export function PersonMenu({ user }: { user: User }) {
  const [action, setAction] = useState<AccountAction | null>(null);
  return (
    <>
      <AccountMenu user={user} onChoose={setAction} />
      <AccountDialog user={user} action={action} onClose={() => setAction(null)} />
    </>
  );
}

interface AccountMenuProps {
  user: User;
  onChoose: (action: AccountAction) => void;
}

function AccountMenu({ user, onChoose }: AccountMenuProps) {
  const isActive = user.status === "active";
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          aria-label={`More for ${user.name}`}
          disabled={!user.mayEdit}
          title={user.reason ?? ""}
          data-testid="person-actions"
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconKey size={16} />}
          onClick={() => onChoose("reset_password")}
          data-testid="reset-password"
        >
          Reset the password…
        </Menu.Item>
        <Menu.Item
          leftSection={isActive ? <IconUserPause size={16} /> : <IconUserCheck size={16} />}
          onClick={() => onChoose(isActive ? "deactivate" : "reactivate")}
          data-testid={isActive ? "deactivate-person" : "reactivate-person"}
        >
          {isActive ? "Deactivate…" : "Reactivate…"}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} />}
          onClick={() => onChoose("delete")}
          data-testid="delete-person"
        >
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
