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
  IconShoppingBag,
  IconTruck,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useQuery } from "@tanstack/react-query";
import { NavLink, useLocation, useMatch } from "react-router";

import type { Permission } from "../../bindings";
import { PersonMenu } from "../../features/session/PersonMenu";
import { WorkspaceSwitcher } from "../../features/workspaces/WorkspaceSwitcher";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { useAppState } from "../../host/state";
import { maySeeHistory } from "../../lib/rights";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
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
const CHANNELS: Area = { to: paths.channels, label: "Channels", icon: IconShoppingBag };
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
  const covering = useCovering();
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
            <AreaLink area={area} collapsed={collapsed} isCovering={area.to === covering?.to} />
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

/** The area of a page that stands in none by its address: a plan, or what was made of it. */
function useCovering(): Area | null {
  const host = useHost();
  const { pathname } = useLocation();
  const plan = useMatch("/plans/:id")?.params.id;
  const batch = useMatch("/batches/:id")?.params.id;
  const job = useJobs().find((each) => plan !== undefined && each.plan === plan);
  const planned = useQuery({
    ...commandQuery(host, "plans.get", { id: plan ?? "" }),
    // While it is made there is none yet.
    enabled: plan !== undefined && job?.state !== "running",
    retry: false,
  }).data;
  const written = useQuery({
    ...commandQuery(host, "batches.get", { id: batch ?? "" }),
    enabled: batch !== undefined,
    retry: false,
  }).data;
  const isSync =
    plan !== undefined
      ? (planned?.channel ?? null) !== null || job?.kind === "plan_sync"
      : batch !== undefined && written?.origin === "sync";
  if (isSync) return CHANNELS;
  const covers = [PURCHASING, IMPORTS].find((area) =>
    area.covers?.some((start) => pathname.startsWith(start)),
  );
  return covers ?? null;
}

/** The areas in which these rights allow anything. */
function areasOf(permissions: readonly Permission[]): Area[] {
  return [
    HOME,
    ...(permissions.includes("view_products") ? [PRODUCTS, PURCHASING, CHANNELS] : []),
    ...(permissions.includes("import") ? [IMPORTS] : []),
    ...(permissions.includes("manage_users") ? [PEOPLE] : []),
    ...(maySeeHistory(permissions) ? [HISTORY] : []),
    SETTINGS,
  ];
}

interface AreaLinkProps {
  area: Area;
  collapsed: boolean;
  /** Whether the page that is shown belongs to it, though its address does not say so. */
  isCovering: boolean;
}

function AreaLink({ area, collapsed, isCovering }: AreaLinkProps) {
  const Icon = area.icon;
  return (
    <Tooltip label={area.label} position="right" disabled={!collapsed}>
      <NavLink
        to={area.to}
        end={area.to === paths.home}
        className={classes.area ?? ""}
        data-covers={isCovering || undefined}
        aria-label={area.label}
        data-testid={`area-${area.label.toLowerCase()}`}
      >
        <Icon size={16} stroke={1.7} />
        {!collapsed && <span>{area.label}</span>}
      </NavLink>
    </Tooltip>
  );
}
