import { Button } from "@mantine/core";

import { formatCount } from "../lib/format";
import classes from "./Panel.module.css";

interface DraftFootProps {
  isTouched: boolean;
  /** Whether the form began with what was typed before. */
  isRestored: boolean;
  problems?: number;
  onDiscard: () => void;
}

/** What is to be known of the form for something new, and the way to an empty one. */
export function DraftFoot({ isTouched, isRestored, problems = 0, onDiscard }: DraftFootProps) {
  return (
    <>
      {isRestored && <KeptNote />}
      {isTouched && problems > 0 && (
        <span className={classes.problems} role="status">
          {formatCount(problems, "problem")}
        </span>
      )}
      {isTouched && (
        <Button variant="default" onClick={onDiscard}>
          Discard
        </Button>
      )}
    </>
  );
}

/** Says that a form began with what was typed before and never saved. */
export function KeptNote() {
  return <span className={classes.note}>Kept from before</span>;
}
