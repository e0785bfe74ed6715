import type { Origin, PlannedRecord, Resolution } from "../../bindings";
import classes from "./DecisionButtons.module.css";
import { calledOf } from "./recordText";
import { decisionHelp, decisionLabel, pressed, RESOLUTIONS } from "./decisions";

interface DecisionButtonsProps {
  record: PlannedRecord;
  origin: Origin;
  onDecide: (resolution: Resolution | null) => void;
  /** In a grid the row is reached by the arrow keys and decided by 1 and 2. */
  inGrid?: boolean;
}

/** The two ways out of a conflict; the one that is chosen can be taken back by choosing it again. */
export function DecisionButtons({ record, origin, onDecide, inGrid }: DecisionButtonsProps) {
  return (
    <span
      className={classes.buttons}
      role="group"
      aria-label={`Decision for ${calledOf(record)}`}
      data-testid="plan-decision"
    >
      {RESOLUTIONS.map((resolution, index) => (
        <button
          key={resolution}
          type="button"
          className={classes.button}
          aria-pressed={record.resolution === resolution}
          title={`${decisionHelp(resolution, origin)} (${index + 1})`}
          tabIndex={inGrid ? -1 : 0}
          data-resolution={resolution}
          // The grid keeps the focus, and does not open the record.
          onMouseDown={(event) => {
            if (inGrid) event.preventDefault();
          }}
          onClick={(event) => {
            event.stopPropagation();
            onDecide(pressed(record.resolution, resolution));
          }}
        >
          <span className={classes.mark} aria-hidden />
          {decisionLabel(resolution, origin)}
        </button>
      ))}
    </span>
  );
}
