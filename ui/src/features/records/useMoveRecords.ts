import type { Moved } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useUndoAction } from "../../host/undo";
import type { RecordArea } from "../../host/records";
import { useSeenArea, type AreaInfo } from "./areas";

/** Moves records to the trash and back, and offers Undo afterwards. */
export function useMoveRecords(area: RecordArea) {
  const info = useSeenArea(area);
  const undoOf = useUndoAction();
  const tell = (what: string) => (result: Moved) => {
    const { batchId } = result;
    showToast(`${info.count(result.moved)} ${what}.${toldOfKept(info, result)}`, undoOf(batchId));
  };
  const trash = useCommand(`${area}.trash`, tell("moved to the trash"));
  const restore = useCommand(`${area}.restore`, tell("restored"));
  return {
    trash: { ...trash, mutate: withErrorToast(trash.mutate) },
    restore: { ...restore, mutate: withErrorToast(restore.mutate) },
  };
}

/** What stayed where it was, and why the first of it did; empty when all was moved. */
export function toldOfKept(info: AreaInfo, { kept }: Moved): string {
  const [first] = kept;
  return first ? ` ${info.count(kept.length)} stayed: ${first.code}: ${first.reason}` : "";
}

type Mutate = ReturnType<typeof useCommand<`${RecordArea}.trash`>>["mutate"];

function withErrorToast(mutate: Mutate): Mutate {
  return (request, options) => mutate(request, { onError: showErrorToast, ...options });
}
