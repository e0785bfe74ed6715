import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconFileImport,
  IconHelpCircle,
  IconHistory,
  IconHome,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPackage,
  IconSettings,
  IconTruck,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { NavLink, useLocation } from "react-router";

import type { Permission } from "../../bindings";
import { PersonMenu } from "../../features/session/PersonMenu";
import { WorkspaceSwitcher } from "../../features/workspaces/WorkspaceSwitcher";
import { useAppState } from "../../host/state";
import { maySeeHistory } from "../../lib/rights";
import { paths } from "../../lib/paths";
import classes from "./Rail.module.css";
import { BackAndForward, JumpField } from "./RailTools";

interface Area {
  to: string;
  label: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Where pages of this area start that stand elsewhere in the address. */
  covers?: string[];
}

const HOME: Area = { to: paths.home, label: "Home", icon: IconHome };
const PRODUCTS: Area = { to: paths.products, label: "Products", icon: IconPackage };
const PURCHASING: Area = {
  to: paths.suppliers,
  label: "Purchasing",
  icon: IconTruck,
  covers: ["/purchasing/"],
};
const IMPORTS: Area = {
  to: paths.imports,
  label: "Imports",
  icon: IconFileImport,
  covers: ["/plans/", "/batches/"],
};
const PEOPLE: Area = { to: paths.people, label: "People", icon: IconUsers };
const HISTORY: Area = { to: paths.history, label: "History", icon: IconHistory };
const SETTINGS: Area = { to: paths.settings, label: "Settings", icon: IconSettings };

interface RailProps {
  collapsed: boolean;
  onToggle: () => void;
  onHelp: () => void;
}

/** The areas of the app, the workspace above them and the person below. */
export function Rail({ collapsed, onToggle, onHelp }: RailProps) {
  const permissions = useAppState().person?.permissions ?? [];
  const areas = areasOf(permissions);
  const toggleLabel = collapsed ? "Expand the sidebar" : "Collapse the sidebar";
  return (
    <nav className={classes.rail} data-collapsed={collapsed || undefined} aria-label="Areas">
      <WorkspaceSwitcher collapsed={collapsed} />
      <div className={classes.tools}>
        <JumpField collapsed={collapsed} />
        <BackAndForward />
      </div>
      <ul className={classes.areas}>
        {areas.map((area) => (
          <li key={area.to}>
            <AreaLink area={area} collapsed={collapsed} />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <PersonMenu collapsed={collapsed} />
        <span className={classes.gap} />
        <Tooltip label="Help (?)" position="right">
          <ActionIcon aria-label="Help" onClick={onHelp} data-testid="help">
            <IconHelpCircle size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={toggleLabel} position="right">
          <ActionIcon aria-label={toggleLabel} onClick={onToggle}>
            {collapsed ? (
              <IconLayoutSidebarLeftExpand size={16} />
            ) : (
              <IconLayoutSidebarLeftCollapse size={16} />
            )}
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  );
}

/** The areas in which these rights allow anything. */
function areasOf(permissions: readonly Permission[]): Area[] {
  return [
    HOME,
    ...(permissions.includes("view_products") ? [PRODUCTS, PURCHASING] : []),
    ...(permissions.includes("import") ? [IMPORTS] : []),
    ...(permissions.includes("manage_users") ? [PEOPLE] : []),
    ...(maySeeHistory(permissions) ? [HISTORY] : []),
    SETTINGS,
  ];
}

function AreaLink({ area, collapsed }: { area: Area; collapsed: boolean }) {
  const Icon = area.icon;
  const { pathname } = useLocation();
  return (
    <Tooltip label={area.label} position="right" disabled={!collapsed}>
      <NavLink
        to={area.to}
        end={area.to === paths.home}
        className={classes.area ?? ""}
        data-covers={area.covers?.some((start) => pathname.startsWith(start)) || undefined}
        aria-label={area.label}
        data-testid={`area-${area.label.toLowerCase()}`}
      >
        <Icon size={16} stroke={1.7} />
        {!collapsed && <span>{area.label}</span>}
      </NavLink>
    </Tooltip>
  );
}
