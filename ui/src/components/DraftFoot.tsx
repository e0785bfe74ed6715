import { Button } from "@mantine/core";

import { formatCount, formatTime } from "../lib/format";
import { Note, Problems } from "./BottomBar";

interface DraftFootProps {
  isTouched: boolean;
  /** When what the form began with was typed; null for a fresh form. */
  restoredAt: number | null;
  problems?: number;
  onDiscard: () => void;
}

/** What is to be known of the form for something new, and the way to an empty one. */
export function DraftFoot({ isTouched, restoredAt, problems = 0, onDiscard }: DraftFootProps) {
  return (
    <>
      <DraftNote at={restoredAt} />
      {isTouched && problems > 0 && <Problems>{formatCount(problems, "problem")}</Problems>}
      {isTouched && (
        <Button variant="default" onClick={onDiscard}>
          Discard
        </Button>
      )}
    </>
  );
}

/** Says that a form began with what was typed before and never saved. */
export function DraftNote({ at }: { at: number | null }) {
  return at === null ? null : <Note>Unsaved draft, {formatTime(at)}</Note>;
}
