import type { ReactNode } from "react";

import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What this place is for, or why nothing is here. */
  children?: ReactNode;
  /** The next steps. */
  actions?: ReactNode;
}

/** What stands where nothing is: what it is for and the next step. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <section className={classes.state} data-testid="empty-state">
      {icon && <div className={classes.icon}>{icon}</div>}
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  );
}
