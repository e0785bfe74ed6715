import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { formatCount } from "../lib/format";
import { MOD_LABEL } from "../lib/shortcuts";
import classes from "./SaveBar.module.css";

interface SaveBarProps {
  /** How many fields were changed; the bar shows only when there are any. */
  changes: number;
  /** How many fields have something wrong. */
  problems: number;
  /** Whether saving makes no sense yet; when it is not told, any problem blocks. */
  isBlocked?: boolean;
  saving: boolean;
  saveLabel?: string;
  /** What else to tell, such as where a conflict stands. */
  note?: ReactNode;
  onSave: () => void;
  onDiscard: () => void;
}

/** Appears when a form was changed: how much, what is wrong, Discard and Save. */
export function SaveBar(props: SaveBarProps) {
  if (props.changes === 0) return null;
  return (
    <div className={classes.bar} role="region" aria-label="Unsaved changes" data-testid="save-bar">
      <span className={classes.count}>{formatCount(props.changes, "field")} changed</span>
      {props.problems > 0 && (
        <span className={classes.problems}>{formatCount(props.problems, "problem")}</span>
      )}
      {props.note}
      <span className={classes.gap} />
      <Button variant="default" onClick={props.onDiscard} disabled={props.saving}>
        Discard
      </Button>
      <Button
        onClick={props.onSave}
        loading={props.saving}
        disabled={props.isBlocked ?? props.problems > 0}
        rightSection={<span className={classes.key}>{MOD_LABEL} S</span>}
      >
        {props.saveLabel ?? "Save"}
      </Button>
    </div>
  );
}
