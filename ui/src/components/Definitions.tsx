import type { ReactNode } from "react";

import classes from "./Definitions.module.css";

interface DefinitionsProps {
  /** Whether a line stands between them, as where values are long. */
  isRuled?: boolean;
  testid?: string;
  children: ReactNode;
}

/** Names and what stands for them, under one another. */
export function Definitions({ isRuled = false, testid, children }: DefinitionsProps) {
  return (
    <dl className={classes.list} data-ruled={isRuled || undefined} data-testid={testid}>
      {children}
    </dl>
  );
}

/** A name and what stands for it. */
export function Definition({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
