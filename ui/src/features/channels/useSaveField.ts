import type { DataRecord, Field, Value } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useUndoAction } from "../../host/undo";
import { valueIn } from "../../lib/values";

/** A field of a record, and what it shall hold. */
interface NewValue {
  record: DataRecord;
  field: Field;
  value: Value;
}

/** Saves one field of a record at once, says so, and offers Undo. */
export function useSaveField(area: "channels" | "channel_fields") {
  const undoOf = useUndoAction();
  const update = useCommand(`${area}.update`);
  return ({ record, field, value }: NewValue, told: string) => {
    const changes = [{ field, old: valueIn(record.fields, field), new: value }];
    update.mutate(
      { id: record.id, version: record.version, changes },
      {
        onSuccess: ({ batchId }) => showToast(told, undoOf(batchId)),
        onError: showErrorToast,
      },
    );
  };
}
