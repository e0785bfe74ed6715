import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconLock, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link } from "react-router";

import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { initials } from "../../lib/initials";
import { paths } from "../../lib/paths";
import { MOD_LABEL } from "../../lib/shortcuts";
import classes from "./PersonMenu.module.css";
import { useLock } from "./useIdleLock";

/** Who is signed in, their account, and the ways out. */
export function PersonMenu({ collapsed }: { collapsed: boolean }) {
  const { person } = useAppState();
  const signOut = useCommand("session.sign_out");
  const lock = useLock();
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
          {person.roleName}
        </Menu.Label>
        <Menu.Item
          component={Link}
          to={paths.account}
          leftSection={<IconUserCircle size={16} />}
          data-testid="your-account"
        >
          Your account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLock size={16} />}
          rightSection={<kbd>{MOD_LABEL} L</kbd>}
          onClick={lock}
          data-testid="lock-now"
        >
          Lock now
        </Menu.Item>
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
