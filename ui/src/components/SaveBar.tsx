import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { formatCount } from "../lib/format";
import { MOD_LABEL } from "../lib/shortcuts";
import { BottomBar, Key, Problems } from "./BottomBar";

interface SaveBarProps {
  /** How many fields were changed; the bar shows only when there are any. */
  changes: number;
  /** How many fields have something wrong. */
  problems: number;
  /** Whether saving makes no sense yet; when it is not told, any problem blocks. */
  isBlocked?: boolean;
  saving: boolean;
  /** What else to tell, such as where a conflict stands. */
  note?: ReactNode;
  onSave: () => void;
  onDiscard: () => void;
}

/** Appears when a form was changed: how much, what is wrong, Discard and Save. */
export function SaveBar(props: SaveBarProps) {
  if (props.changes === 0) return null;
  const told = (
    <>
      <b>{formatCount(props.changes, "field")} changed</b>
      {props.problems > 0 && <Problems>{formatCount(props.problems, "problem")}</Problems>}
      {props.note}
    </>
  );
  return (
    <BottomBar told={told} label="Unsaved changes" testid="save-bar">
      <Button variant="default" onClick={props.onDiscard} disabled={props.saving}>
        Discard
      </Button>
      <Button
        onClick={props.onSave}
        loading={props.saving}
        disabled={props.isBlocked ?? props.problems > 0}
        rightSection={<Key>{MOD_LABEL} S</Key>}
      >
        Save
      </Button>
    </BottomBar>
  );
}
