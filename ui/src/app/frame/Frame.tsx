import { useLocalStorage } from "@mantine/hooks";
import { useState } from "react";
import { Outlet } from "react-router";

import { ToastStrip } from "../../components/ToastStrip";

import { CommandPalette } from "./CommandPalette";
import { DropTarget } from "./DropTarget";
import classes from "./Frame.module.css";
import { GlobalShortcuts } from "./GlobalShortcuts";
import { Help } from "./Help";
import { JobNews } from "./JobNews";
import { Rail } from "./Rail";
import { StatusBar } from "./StatusBar";

/** The window around every page: rail, page, status bar, palette, and the target for dropped files. */
export function Frame() {
  const [collapsed, setCollapsed] = useLocalStorage({
    key: "backstock.rail-collapsed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [isHelp, setHelp] = useState(false);
  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined} data-testid="frame">
      <Rail
        collapsed={collapsed}
        onToggle={() => setCollapsed(!collapsed)}
        onHelp={() => setHelp(true)}
      />
      <div className={classes.main}>
        <div className={classes.page}>
          <Outlet />
        </div>
        <ToastStrip />
      </div>
      <StatusBar />
      <CommandPalette />
      <GlobalShortcuts onHelp={() => setHelp(true)} />
      <Help opened={isHelp} onClose={() => setHelp(false)} />
      <JobNews />
      <DropTarget />
    </div>
  );
}
