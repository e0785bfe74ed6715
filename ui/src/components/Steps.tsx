import { IconCheck } from "@tabler/icons-react";

import classes from "./Steps.module.css";

interface StepsProps {
  steps: readonly string[];
  /** Which one is at work, from 0; all before it are done. */
  current: number;
}

/** Where a user is in a piece of work of a few steps. */
export function Steps({ steps, current }: StepsProps) {
  return (
    <ol className={classes.steps} aria-label="Steps" data-testid="steps">
      {steps.map((step, index) => (
        <li
          key={step}
          className={classes.step}
          data-done={index < current || undefined}
          aria-current={index === current ? "step" : undefined}
        >
          <span className={classes.number} aria-hidden>
            {index < current ? <IconCheck size={12} stroke={2.5} /> : index + 1}
          </span>
          {step}
          {index < current && <span className="visually-hidden">, done</span>}
        </li>
      ))}
    </ol>
  );
}

/** The steps of an import, from the file to what was done. */
export const IMPORT_STEPS = ["Read", "Map", "Review", "Done"] as const;
