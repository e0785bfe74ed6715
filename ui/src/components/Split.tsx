import type { ReactNode } from "react";

import { PanelEdge, usePanelWidth } from "./PanelEdge";
import classes from "./Split.module.css";

interface SplitProps {
  /** What stands beside the page: an outlet. */
  panel: ReactNode;
  isPanelOpen: boolean;
  children: ReactNode;
}

/** A page with a panel beside it while one is open; in a narrow window the panel lies over the page. */
export function Split({ panel, isPanelOpen, children }: SplitProps) {
  const { width, resize } = usePanelWidth();
  return (
    <div
      className={classes.split}
      data-panel={isPanelOpen || undefined}
      style={{ ["--panel-width" as string]: `${width}px` }}
    >
      <div className={classes.page}>{children}</div>
      {isPanelOpen && (
        <div className={classes.panel}>
          <PanelEdge width={width} onResize={resize} />
          {panel}
        </div>
      )}
    </div>
  );
}
