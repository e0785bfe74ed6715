import type { ReactNode } from "react";

import classes from "./Toolbar.module.css";

interface ToolbarProps {
  /** What stands in place of the filters, such as what can be done with the selected rows. */
  instead: ReactNode;
  /** The filters. */
  children: ReactNode;
}

/** The row over a list. It keeps its height whatever stands in it, so that no row moves under the mouse. */
export function Toolbar({ instead, children }: ToolbarProps) {
  const isCovered = Boolean(instead);
  return (
    <div className={classes.toolbar}>
      <div className={classes.filters} inert={isCovered} aria-hidden={isCovered || undefined}>
        {children}
      </div>
      {instead}
    </div>
  );
}
