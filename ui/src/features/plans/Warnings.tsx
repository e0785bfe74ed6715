import { IconAlertTriangle } from "@tabler/icons-react";

import type { Mark, PlanWarning } from "../../bindings";
import { isSameMark } from "./useRevise";
import classes from "./Warnings.module.css";

interface WarningsProps {
  warnings: readonly PlanWarning[];
  /** What the records that are shown are pointed out for. */
  current: Mark | null;
  onShow: (mark: Mark | null) => void;
}

/** What to look at before applying: each shows the records that it is about. */
export function Warnings({ warnings, current, onShow }: WarningsProps) {
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label="Warnings" data-testid="plan-warnings">
      {warnings.map(({ mark, text }) => {
        const isShown = isSameMark(mark, current);
        return (
          <li key={JSON.stringify(mark)}>
            <button
              type="button"
              className={classes.warning}
              aria-pressed={isShown}
              title={isShown ? "Show all records again" : "Show these records"}
              onClick={() => onShow(isShown ? null : mark)}
              data-testid={`plan-warning-${mark.kind}`}
            >
              <IconAlertTriangle size={14} />
              {text}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
