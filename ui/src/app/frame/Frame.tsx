import { useLocalStorage } from "@mantine/hooks";
import { Outlet } from "react-router";

import { CommandPalette } from "./CommandPalette";
import { DropTarget } from "./DropTarget";
import classes from "./Frame.module.css";
import { GlobalShortcuts } from "./GlobalShortcuts";
import { Rail } from "./Rail";
import { StatusBar } from "./StatusBar";

/** The window around every page: rail, page, status bar, palette, and the target for dropped files. */
export function Frame() {
  const [collapsed, setCollapsed] = useLocalStorage({
    key: "backstock.rail-collapsed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined} data-testid="frame">
      <Rail collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />
      <div className={classes.main}>
        <Outlet />
      </div>
      <StatusBar />
      <CommandPalette />
      <GlobalShortcuts />
      <DropTarget />
    </div>
  );
}
