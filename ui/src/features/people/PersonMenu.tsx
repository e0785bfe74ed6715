import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconDots,
  IconKey,
  IconTrash,
  IconUserCheck,
  IconUserPause,
  IconX,
} from "@tabler/icons-react";
import { useState } from "react";

import type { User } from "../../bindings";
import panelClasses from "../../components/Panel.module.css";
import { usePeoplePanel } from "./panel";
import { type AccountAction, AccountDialog } from "./AccountDialog";
import { PersonStatus } from "./PersonStatus";

/** Who it is, how the account stands, and what can be done with it. */
export function PersonHeader({ user }: { user: User }) {
  const { close } = usePeoplePanel();
  const [action, setAction] = useState<AccountAction | null>(null);
  return (
    <header className={panelClasses.header}>
      <div className={panelClasses.titles}>
        <h2 className={panelClasses.title} data-testid="panel-title">
          {user.name}
        </h2>
        <div className={panelClasses.subtitle}>
          <PersonStatus user={user} />
          <span>{user.roleName}</span>
        </div>
      </div>
      <AccountMenu user={user} onChoose={setAction} />
      <Tooltip label="Close (Esc)">
        <ActionIcon aria-label="Close" onClick={close} data-testid="close-panel">
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
      <AccountDialog user={user} action={action} onClose={() => setAction(null)} />
    </header>
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
