import type { ReactNode } from "react";

import { useShortcuts } from "../lib/shortcuts";
import classes from "./Panel.module.css";

interface PanelFrameProps {
  label: string;
  testid: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel beside the list; Escape closes it, but first leaves the field that is typed into. */
export function PanelFrame({ label, testid, onClose, children }: PanelFrameProps) {
  useShortcuts({
    escape: () => {
      const focused = document.activeElement;
      const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
      if (isField && focused.closest("[data-panel-frame]")) focused.blur();
      else onClose();
    },
  });
  return (
    <aside className={classes.panel} aria-label={label} data-panel-frame data-testid={testid}>
      {children}
    </aside>
  );
}
