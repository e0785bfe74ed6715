import { useEffect } from "react";

import type { DataRecord, Field, Fields, Kind } from "../../../bindings";
import { DraftFoot } from "../../../components/DraftFoot";
import { NewPanel } from "../../../components/NewPanel";
import { showErrorToast, showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { areaOf } from "../../../host/records";
import { isEmptyValue, textOf, valueIn } from "../../../lib/values";
import classes from "./Form.module.css";
import type { CustomInputs } from "./FieldInput";
import { focusFirstField, RecordFields } from "./RecordFields";
import { useRecordForm } from "./useRecordForm";

interface NewRecordPanelProps {
  kind: Kind;
  /** What the form begins with. */
  fields: Fields;
  /** Tells its draft from that of another new record of the kind. */
  subject?: string;
  title: string;
  /** One line under the title. */
  lead: string;
  saveLabel: string;
  locked?: Partial<Record<Field, string>>;
  suggestions?: Partial<Record<Field, string[]>>;
  inputs?: CustomInputs;
  onCreated: (record: DataRecord) => void;
  onClose: () => void;
  testid: string;
  saveTestid: string;
}

/** The panel in which a record is made. */
export function NewRecordPanel(props: NewRecordPanelProps) {
  const { fields, subject } = props;
  const form = useRecordForm({ kind: props.kind, id: null, fields, version: 0, subject });
  const { kind, edited } = form;
  const create = useCommand(`${areaOf(kind)}.create`, ({ record }) => {
    form.saved(fields, 0);
    showToast(`${textOf(record.fields, kind.code)} created.`);
    props.onCreated(record);
  });
  const isMissing = kind.fields.some(
    ({ key, required, computed }) => required && !computed && isEmptyValue(valueIn(edited, key)),
  );
  const save = () =>
    create.mutate(
      { fields: edited },
      {
        onError: (error) => {
          form.refused(error);
          showErrorToast(error);
        },
      },
    );
  useEffect(focusFirstField, []);
  return (
    <NewPanel
      title={props.title}
      lead={props.lead}
      foot={
        <DraftFoot
          isTouched={form.touched > 0}
          restoredAt={form.restoredAt}
          problems={Object.keys(form.problems).length}
          onDiscard={form.discard}
        />
      }
      saveLabel={props.saveLabel}
      onSave={save}
      onClose={props.onClose}
      isSaving={create.isPending}
      isBlocked={isMissing || form.isBlocked}
      testid={props.testid}
      saveTestid={props.saveTestid}
    >
      <div className={classes.scroller}>
        <RecordFields
          form={form}
          isReadOnly={false}
          {...(props.locked ? { locked: props.locked } : {})}
          {...(props.suggestions ? { suggestions: props.suggestions } : {})}
          {...(props.inputs ? { inputs: props.inputs } : {})}
        />
      </div>
    </NewPanel>
  );
}
