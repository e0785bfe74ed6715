import type { ReactNode } from "react";

import classes from "./Split.module.css";

interface SplitProps {
  /** What stands beside the page: an outlet. */
  panel: ReactNode;
  isPanelOpen: boolean;
  children: ReactNode;
}

/** A page with a panel beside it while one is open. */
export function Split({ panel, isPanelOpen, children }: SplitProps) {
  return (
    <div className={classes.split} data-panel={isPanelOpen || undefined}>
      <div className={classes.page}>{children}</div>
      {panel}
    </div>
  );
}
