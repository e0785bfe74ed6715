import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";

import classes from "./Reason.module.css";

/** Why what stands under it cannot be changed. */
export function Reason({ children }: { children: ReactNode }) {
  return (
    <p className={classes.reason} data-testid="reason">
      <IconLock size={14} />
      <span>{children}</span>
    </p>
  );
}
