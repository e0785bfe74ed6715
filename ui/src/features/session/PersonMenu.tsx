import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";

import type { Role } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import classes from "./PersonMenu.module.css";

const ROLES: Record<Role, string> = {
  owner: "Owner",
  manager: "Manager",
  operator: "Operator",
  viewer: "Viewer",
};

/** Who is signed in, and the way out. */
export function PersonMenu({ collapsed }: { collapsed: boolean }) {
  const { person } = useAppState();
  const signOut = useCommand("session.sign_out");
  if (!person) return null;
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <Tooltip label={person.name} position="right" disabled={!collapsed}>
          <UnstyledButton className={classes.person ?? ""} data-testid="person-menu">
            <span className={classes.face} aria-hidden>
              {initials(person.name)}
            </span>
            <span className={collapsed ? "visually-hidden" : classes.name}>{person.name}</span>
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.email}
          <br />
          {ROLES[person.role]}
        </Menu.Label>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut.mutate({}, { onError: showErrorToast })}
          data-testid="sign-out"
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}
