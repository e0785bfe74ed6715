import { DraftNote } from "../../../components/DraftFoot";
import { SaveBar } from "../../../components/SaveBar";
import type { RecordForm } from "./useRecordForm";

interface RecordSaveBarProps {
  form: RecordForm;
  isSaving: boolean;
  onSave: () => void;
}

/** The save bar of a record's form. */
export function RecordSaveBar({ form, isSaving, onSave }: RecordSaveBarProps) {
  return (
    <SaveBar
      changes={form.touched}
      problems={form.open}
      isBlocked={form.isBlocked}
      saving={isSaving}
      onSave={onSave}
      onDiscard={form.discard}
      note={<DraftNote at={form.restoredAt} />}
    />
  );
}
