import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import type { DataRecord } from "../../../bindings";
import { showErrorToast, showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { areaOf } from "../../../host/records";
import { useMay } from "../../../host/state";
import { useQuickUndo } from "../../../host/undo";
import { toCoreError } from "../../../lib/errors";
import { textOf } from "../../../lib/values";
import type { RecordForm } from "./useRecordForm";

/** Saves the form of a record; what others changed meanwhile comes in first. */
export function useSaveRecord(form: RecordForm, onSaved: (record: DataRecord) => void) {
  const client = useQueryClient();
  const mayUndo = useMay("import");
  const undo = useQuickUndo();
  const { id, kind } = form;
  const area = areaOf(kind);
  const sent = useRef(form.state.inputs);
  const update = useCommand(`${area}.update`, ({ record, batchId }) => {
    onSaved(record);
    form.saved(record.fields, record.version, sent.current);
    const action =
      batchId !== null && mayUndo
        ? { label: "Undo", onClick: () => void undo(batchId) }
        : undefined;
    showToast(`${textOf(record.fields, kind.code)} saved.`, action);
  });
  const save = () => {
    if (id === null || form.isBlocked || form.changes.length === 0 || update.isPending) return;
    sent.current = form.state.inputs;
    update.mutate(
      { id, version: form.state.version, changes: form.changes },
      {
        onError: (error) => {
          form.refused(error);
          // The newer version comes in, and the form shows both values where they differ.
          if (toCoreError(error).code === "conflict") {
            void client.invalidateQueries({ queryKey: [`${area}.get`, { id }] });
          }
          showErrorToast(error);
        },
      },
    );
  };
  return { save, isSaving: update.isPending };
}
