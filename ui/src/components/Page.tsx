import type { ReactNode } from "react";

import classes from "./Page.module.css";

interface PageProps {
  title: ReactNode;
  /** How many there are, live. */
  count?: ReactNode;
  /** A line or a link above the title. */
  above?: ReactNode;
  search?: ReactNode;
  /** At most two, and one primary. */
  actions?: ReactNode;
  /** Filters and the like, under the header. */
  toolbar?: ReactNode;
  /** The page scrolls by itself when its content does not. */
  scroll?: boolean;
  children: ReactNode;
}

/** A page's frame: header with title, count, search and actions, then a toolbar, then the content. */
export function Page({ scroll = true, ...props }: PageProps) {
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {props.above}
          <h1 className={classes.title}>
            {props.title}
            {props.count !== undefined && <span className={classes.count}>{props.count}</span>}
          </h1>
        </div>
        {props.search && <div className={classes.search}>{props.search}</div>}
        {props.actions && <div className={classes.actions}>{props.actions}</div>}
      </header>
      {props.toolbar && <div className={classes.toolbar}>{props.toolbar}</div>}
      <div className={scroll ? classes.scrolling : classes.filling}>{props.children}</div>
    </main>
  );
}
