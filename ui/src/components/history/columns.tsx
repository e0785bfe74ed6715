import type { HistoryEntry } from "../../bindings";
import { useKinds } from "../../host/state";
import { kindName } from "../../lib/kinds";
import { OPERATIONS } from "../../lib/operations";
import type { GridColumn } from "../grid";
import { MiddleCut, WHOLE_CODE } from "../MiddleCut";
import { OperationBadge } from "../OperationBadge";
import { KIND_ICONS } from "../recordKinds";
import { ChangeLine, changesText, wholeChange } from "./ChangeLine";
import classes from "./columns.module.css";

/** Columns that every list of entries has. */
type EntryColumn = GridColumn<HistoryEntry>;

export const OPERATION_COLUMN: EntryColumn = {
  key: "operation",
  label: "What",
  width: 164,
  least: 156,
  render: ({ operation }) => <OperationBadge operation={operation} />,
  text: ({ operation }) => OPERATIONS[operation].label,
};

export const RECORD_COLUMN: EntryColumn = {
  key: "record",
  label: "Record",
  width: 190,
  least: 140,
  render: (entry) => <RecordName entry={entry} />,
  // Its icon takes the room of three letters.
  whole: ({ label }) => `---${label.slice(0, WHOLE_CODE)}`,
  text: ({ label }) => label,
};

export const CHANGES_COLUMN: EntryColumn = {
  key: "changes",
  label: "Changes",
  width: 260,
  least: 150,
  grow: true,
  render: (entry) => <ChangeLine entry={entry} />,
  whole: wholeChange,
  text: changesText,
};

function RecordName({ entry: { kind, label } }: { entry: HistoryEntry }) {
  const Icon = KIND_ICONS[kind];
  const word = kindName(useKinds(), kind);
  return (
    <span className={classes.record} title={`${word} ${label}`}>
      <Icon size={14} />
      <span className="visually-hidden">{word} </span>
      <MiddleCut text={label} />
    </span>
  );
}
