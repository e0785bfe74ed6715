import { useCallback, useSyncExternalStore } from "react";

import { useDraftKey } from "../host/state";
import { draftTime, followDrafts } from "../lib/drafts";
import { formatTime } from "../lib/format";
import classes from "./DraftDot.module.css";

/** A dot in the row of a list whose form was left with something typed. */
export function DraftDot({ subject }: { subject: string }) {
  const key = useDraftKey(subject);
  const at = useSyncExternalStore(
    followDrafts,
    useCallback(() => draftTime(key), [key]),
  );
  if (at === null) return null;
  const text = `Unsaved draft, ${formatTime(at)}`;
  return <span className={classes.dot} role="img" title={text} aria-label={text} />;
}
