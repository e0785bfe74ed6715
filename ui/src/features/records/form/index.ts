/** The one form of a record, whatever its kind. */
export { type CustomInputProps, type CustomInputs, FieldInput } from "./FieldInput";
export { fromInput, type Input, toInput } from "./state";
export { focusFirstField, RecordFields } from "./RecordFields";
export { NewRecordPanel } from "./NewRecordPanel";
export { RecordForm } from "./RecordForm";
export { RecordSaveBar } from "./RecordSaveBar";
export { useMayEdit, useReadOnly } from "./readOnly";
export { useRecordDraftKey, useRecordForm, type FormTarget } from "./useRecordForm";
export { type NamedPicture, useGiveImages } from "./images/useGiveImages";
export { useSaveRecord } from "./useSaveRecord";
