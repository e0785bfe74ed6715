import type { DataRecord, Field } from "../../../bindings";
import { useQueryClient } from "@tanstack/react-query";

import { Reason } from "../../../components/Reason";
import { areaOf } from "../../../host/records";
import { useShortcuts } from "../../../lib/shortcuts";
import type { CustomInputs } from "./FieldInput";
import classes from "./Form.module.css";
import { focusFirstField, RecordFields } from "./RecordFields";
import { RecordSaveBar } from "./RecordSaveBar";
import { useReadOnly } from "./readOnly";
import { useRecordForm } from "./useRecordForm";
import { useSaveRecord } from "./useSaveRecord";

interface RecordFormProps {
  /** As `<area>.get` answers it; the form follows newer ones. Give the form the record's id as key. */
  record: DataRecord;
  locked?: Partial<Record<Field, string>>;
  suggestions?: Partial<Record<Field, string[]>>;
  /** Controls in the place of the usual ones; they must be stable. */
  inputs?: CustomInputs;
}

const NOTHING = {};

/**
 * The form of a record whose kind has the standard commands: its fields, why they cannot be changed,
 * its draft, its save bar, Ctrl S and E. A panel with tabs puts the parts together itself.
 */
export function RecordForm({
  record,
  locked = NOTHING,
  suggestions = NOTHING,
  inputs = NOTHING,
}: RecordFormProps) {
  const client = useQueryClient();
  const { kind, id, fields, version } = record;
  const form = useRecordForm({ kind, id, fields, version });
  const { save, isSaving } = useSaveRecord(form, (saved) =>
    client.setQueryData([`${areaOf(form.kind)}.get`, { id }], saved),
  );
  const reason = useReadOnly(record);
  useShortcuts({ "mod+s": save, e: focusFirstField });
  return (
    <>
      <div className={classes.scroller}>
        {reason !== null && (
          <div className={classes.reason}>
            <Reason>{reason}</Reason>
          </div>
        )}
        <RecordFields
          form={form}
          isReadOnly={reason !== null}
          locked={locked}
          suggestions={suggestions}
          inputs={inputs}
        />
      </div>
      <RecordSaveBar form={form} isSaving={isSaving} onSave={save} />
    </>
  );
}
