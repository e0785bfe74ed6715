import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";

import type { DataRecord, FieldInfo, Value } from "../../bindings";
import { useMoneyStyle } from "../../components/moneyContext";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useUndoAction } from "../../host/undo";
import { toCoreError } from "../../lib/errors";
import { formatValue, isNumeric, sameValue, valueIn } from "../../lib/values";
import { useSeenArea, type ListedArea } from "../records/areas";
import { fromInput, toInput } from "../records/form/state";
import classes from "./Links.module.css";

interface CellEditorProps {
  area: ListedArea;
  record: DataRecord;
  info: FieldInfo;
  isReadOnly: boolean;
}

/** One field of a record under its name: a press opens it, Enter or leaving it saves it. */
export function CellEditor(props: CellEditorProps) {
  const { record, info, isReadOnly } = props;
  const money = useMoneyStyle();
  const [isOpen, setIsOpen] = useState(false);
  const [isLeftByKey, setIsLeftByKey] = useState(false);
  const { save, refusal, isSaving } = useSaveValue(props);
  const value = valueIn(record.fields, info.key);
  const close = () => {
    // Focus that went on to another field stays there.
    setIsLeftByKey(document.activeElement?.matches("[data-open-cell]") === true);
    setIsOpen(false);
  };
  if (info.kind === "flag") {
    return (
      <label className={classes.term}>
        <span className={classes.label} title={info.label}>
          {info.label}
        </span>
        <Checkbox
          checked={value === true}
          disabled={isReadOnly || isSaving}
          onChange={(event) => save(event.currentTarget.checked)}
          aria-label={info.label}
          data-testid={`cell-${info.key}`}
        />
      </label>
    );
  }
  if (isOpen) {
    return (
      <OpenCell
        {...props}
        refusal={refusal}
        onSave={(next, seen, onRefused) => save(next, { seen, onSaved: close, onRefused })}
        onClose={close}
      />
    );
  }
  const shown = formatValue(value, info.kind, info.choices, money);
  if (isReadOnly) {
    return (
      <div className={classes.term} data-testid={`cell-${info.key}`}>
        <span className={classes.label} title={info.label}>
          {info.label}
        </span>
        <span className={classes.value}>{shown || "–"}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className={classes.term}
      autoFocus={isLeftByKey}
      onClick={() => setIsOpen(true)}
      data-testid={`cell-${info.key}`}
    >
      <span className={classes.label} title={info.label}>
        {info.label}
      </span>
      <span className={classes.value}>{shown || "–"}</span>
    </button>
  );
}

interface OpenCellProps extends CellEditorProps {
  refusal: string | undefined;
  onSave: (value: Value, seen: DataRecord, onRefused: () => void) => void;
  onClose: () => void;
}

function OpenCell({ record, info, refusal, onSave, onClose }: OpenCellProps) {
  const [text, setText] = useState(() => String(toInput(valueIn(record.fields, info.key), info)));
  // What is typed is about the record as it was when the cell was opened: what another user saved
  // meanwhile is told first, and replaced when it is entered again.
  const [opened] = useState(record);
  const [isTold, setIsTold] = useState(false);
  const [problem, setProblem] = useState<string>();
  const finish = () => {
    const parsed = fromInput(text, info);
    if (parsed.ok) onSave(parsed.value, isTold ? record : opened, () => setIsTold(true));
    else setProblem(parsed.message);
  };
  return (
    <TextInput
      className={classes.open ?? ""}
      label={info.label}
      classNames={{ input: isNumeric(info.kind) ? (classes.number ?? "") : "" }}
      inputMode={isNumeric(info.kind) ? "decimal" : "text"}
      size="xs"
      value={text}
      error={problem ?? refusal}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setProblem(undefined);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        else if (event.key === "Escape") onClose();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      data-open-cell
      data-testid={`edit-${info.key}`}
    />
  );
}

interface SaveOptions {
  /** The record as the user saw it; as it is now, otherwise. */
  seen?: DataRecord;
  onSaved?: () => void;
  onRefused?: () => void;
}

/** Saves one field at once. What the core's rules say against it is told at the field. */
function useSaveValue({ area, record, info }: CellEditorProps) {
  const { kind } = useSeenArea(area);
  const undoOf = useUndoAction();
  const [refusal, setRefusal] = useState<string>();
  const update = useCommand(`${area}.update`, ({ record: { fields }, batchId }) => {
    showToast(`${formatValue(valueIn(fields, kind.code), "code")} saved.`, undoOf(batchId));
  });
  const save = (next: Value, { seen = record, onSaved, onRefused }: SaveOptions = {}) => {
    const old = valueIn(seen.fields, info.key);
    setRefusal(undefined);
    if (update.isPending) return;
    if (sameValue(old, next)) return onSaved?.();
    const changes = [{ field: info.key, old, new: next }];
    update.mutate(
      { id: seen.id, version: seen.version, changes },
      {
        onSuccess: () => onSaved?.(),
        onError: (error) => {
          onRefused?.();
          const told = toCoreError(error).fields?.[info.key];
          setRefusal(told);
          if (told === undefined) showErrorToast(error);
        },
      },
    );
  };
  return { save, refusal, isSaving: update.isPending };
}
