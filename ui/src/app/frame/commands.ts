import { useMantineColorScheme } from "@mantine/core";
import {
  IconArrowBackUp,
  IconFileImport,
  IconHistory,
  IconHome,
  IconLink,
  IconLock,
  IconMoon,
  IconPackage,
  IconPlus,
  IconSettings,
  IconShoppingBag,
  IconSun,
  IconTrash,
  IconTruck,
  IconUserCircle,
  IconUserPlus,
  IconUsers,
  IconUserShield,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useNavigate } from "react-router";

import type { Permission } from "../../bindings";
import { useLock } from "../../features/session/useIdleLock";
import { useAppState } from "../../host/state";
import { maySeeHistory } from "../../lib/rights";
import { paths } from "../../lib/paths";
import { MOD_LABEL } from "../../lib/shortcuts";
import { useUndoLast } from "./undoLast";

/** A line of the palette. */
export interface PaletteCommand {
  label: string;
  icon: ComponentType<{ size?: number | string }>;
  keys?: string;
  needs?: Permission;
  run: () => void;
}

/** Every page and command that this person may use. */
export function usePaletteCommands(): PaletteCommand[] {
  const navigate = useNavigate();
  const undoLast = useUndoLast();
  const lock = useLock();
  const { setColorScheme } = useMantineColorScheme();
  const permissions = useAppState().person?.permissions ?? [];
  const go = (path: string) => () => void navigate(path);
  const commands: PaletteCommand[] = [
    { label: "Go to Home", icon: IconHome, run: go(paths.home) },
    {
      label: "Go to Products",
      icon: IconPackage,
      needs: "view_products",
      run: go(paths.products),
    },
    {
      label: "Go to Suppliers",
      icon: IconTruck,
      needs: "view_products",
      run: go(paths.suppliers),
    },
    {
      label: "Go to Supplier products",
      icon: IconLink,
      needs: "view_products",
      run: go(paths.supplierProducts),
    },
    {
      label: "Go to Channels",
      icon: IconShoppingBag,
      needs: "view_products",
      run: go(paths.channels),
    },
    { label: "Go to Imports", icon: IconFileImport, needs: "import", run: go(paths.imports) },
    { label: "Go to People", icon: IconUsers, needs: "manage_users", run: go(paths.people) },
    { label: "Go to Roles", icon: IconUserShield, needs: "manage_users", run: go(paths.roles) },
    ...(maySeeHistory(permissions)
      ? [{ label: "Go to History", icon: IconHistory, run: go(paths.history) }]
      : []),
    { label: "Go to your account", icon: IconUserCircle, run: go(paths.account) },
    { label: "Go to Settings", icon: IconSettings, run: go(paths.settings) },
    {
      label: "New product",
      icon: IconPlus,
      keys: "N",
      needs: "edit_products",
      run: go(paths.newProduct),
    },
    {
      label: "New supplier",
      icon: IconTruck,
      needs: "edit_suppliers",
      run: go(paths.newSupplier),
    },
    {
      label: "New supplier product",
      icon: IconLink,
      needs: "edit_suppliers",
      run: go(paths.newSupplierProduct),
    },
    {
      label: "Import a CSV file",
      icon: IconFileImport,
      needs: "import",
      run: go(paths.newImport()),
    },
    {
      label: "Connect a shop",
      icon: IconShoppingBag,
      needs: "manage_channels",
      run: go(paths.newChannel),
    },
    { label: "Add a person", icon: IconUserPlus, needs: "manage_users", run: go(paths.newPerson) },
    {
      label: "Open the trash",
      icon: IconTrash,
      needs: "view_products",
      run: go(`${paths.products}?trash=1`),
    },
    {
      label: "Undo the last batch",
      icon: IconArrowBackUp,
      keys: `${MOD_LABEL} Z`,
      needs: "import",
      run: () => void undoLast(),
    },
    { label: "Lock the window", icon: IconLock, keys: `${MOD_LABEL} L`, run: lock },
    { label: "Use the light theme", icon: IconSun, run: () => setColorScheme("light") },
    { label: "Use the dark theme", icon: IconMoon, run: () => setColorScheme("dark") },
  ];
  return commands.filter(({ needs }) => !needs || permissions.includes(needs));
}
