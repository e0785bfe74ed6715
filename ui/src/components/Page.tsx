import { ActionIcon, Tooltip } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import { useWindowTitle } from "../lib/windowTitle";
import classes from "./Page.module.css";

interface PageProps {
  title: ReactNode;
  /** What the window is called while the page is shown, where the title is no text. */
  windowTitle?: string;
  /** How many there are, live. */
  count?: ReactNode;
  /** A line or a link above the title. */
  above?: ReactNode;
  /** The lists of the same area of the window, of which this is one. */
  tabs?: ReactNode;
  search?: ReactNode;
  /** At most two, and one primary. */
  actions?: ReactNode;
  /** Filters and the like, under the header. */
  toolbar?: ReactNode;
  /** What stands under the content however far it is scrolled, such as a save bar. */
  foot?: ReactNode;
  /** The page scrolls by itself when its content does not. */
  scroll?: boolean;
  children: ReactNode;
}

/** A page's frame: header with title, count, search and actions, then a toolbar, then the content. */
export function Page({ scroll = true, ...props }: PageProps) {
  const { title, count } = props;
  const [isSearching, setIsSearching] = useState(false);
  useWindowTitle(props.windowTitle ?? (typeof title === "string" ? title : undefined));
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {props.above}
          <h1 className={classes.title}>
            <span title={typeof title === "string" ? title : undefined}>{title}</span>
            {count !== undefined && count !== false && (
              <span className={classes.count}>{count}</span>
            )}
          </h1>
        </div>
        {props.tabs && <div className={classes.tabs}>{props.tabs}</div>}
        {props.search && (
          <>
            <div className={classes.search} data-open={isSearching || undefined}>
              {props.search}
            </div>
            <Tooltip label="Search this page">
              <ActionIcon
                className={classes.searchToggle ?? ""}
                aria-label="Search this page"
                aria-expanded={isSearching}
                onClick={() => setIsSearching(!isSearching)}
              >
                <IconSearch size={16} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        {props.actions && <div className={classes.actions}>{props.actions}</div>}
      </header>
      {props.toolbar && <div className={classes.toolbar}>{props.toolbar}</div>}
      <div className={scroll ? classes.scrolling : classes.filling}>{props.children}</div>
      {props.foot}
    </main>
  );
}
