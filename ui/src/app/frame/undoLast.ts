import { showErrorToast, showInfo } from "../../components/toast";
import { useHost } from "../../host/context";
import { useAppState, useMay } from "../../host/state";
import { useUndoBatch } from "../../host/undo";
import { canUndo } from "../../lib/origins";

/** Undoes the last batch of this person that can still be undone: its plan is shown first. */
export function useUndoLast(): () => Promise<void> {
  const host = useHost();
  const undo = useUndoBatch();
  const mayImport = useMay("import");
  const { person } = useAppState();
  return async () => {
    if (!mayImport || !person) return;
    try {
      const { rows } = await host.call("batches.list", { offset: 0, limit: 50 });
      const last = rows.find(
        (batch) => batch.person === person.name && batch.origin !== "undo" && canUndo(batch),
      );
      if (last) await undo(last.id);
      else showInfo("There is nothing of yours to undo.");
    } catch (error) {
      showErrorToast(error);
    }
  };
}
