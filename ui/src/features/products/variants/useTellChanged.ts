import type { Changed } from "../../../bindings";
import { showInfo, showToast } from "../../../components/toast";
import { useUndoAction } from "../../../host/undo";
import { formatCount } from "../../../lib/format";
import { keptText } from "./keptText";

/** Tells how many products of a family were changed, and what was left as it is. */
export function useTellChanged(): (changed: Changed) => void {
  const undoOf = useUndoAction();
  return ({ changed, kept, batchId }) => {
    const told = [`${formatCount(changed, "product")} changed.`, keptText(kept)];
    const message = told.filter(Boolean).join(" ");
    if (batchId === null) showInfo(message);
    else showToast(message, undoOf(batchId));
  };
}
