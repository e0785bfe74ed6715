import type { ReactNode } from "react";

import { showFirstProblem } from "../lib/firstProblem";
import classes from "./BottomBar.module.css";

interface BottomBarProps {
  /** What is to be known; the buttons stand at the other end. */
  told?: ReactNode;
  /** What screen readers call it, where it is a place of its own. */
  label?: string;
  testid?: string;
  children: ReactNode;
}

/** The bar under a form or a page: what is to be known at the left, the buttons at the right. */
export function BottomBar({ told, label, testid, children }: BottomBarProps) {
  return (
    <div
      className={classes.bar}
      role={label === undefined ? undefined : "region"}
      aria-label={label}
      data-testid={testid}
    >
      <div className={classes.told}>{told}</div>
      {children}
    </div>
  );
}

/** A number of problems, in their colour; it leads to the first of them. */
export function Problems({ children }: { children: ReactNode }) {
  return (
    <span role="status">
      <button type="button" className={classes.problems} onClick={showFirstProblem}>
        {children}
      </button>
    </span>
  );
}

/** A remark in small type. */
export function Note({ children }: { children: ReactNode }) {
  return <span className={classes.note}>{children}</span>;
}

/** The keys of a button, inside of it. */
export function Key({ children }: { children: ReactNode }) {
  return <span className={classes.key}>{children}</span>;
}
