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

/** The dot and the padding of a badge. */
const BADGE_ROOM = "/////";

/** So much of what changed gives its column the width. */
const MEASURED = 120;

/** Columns that every list of entries has. */
type EntryColumn = GridColumn<HistoryEntry>;

export const OPERATION_COLUMN: EntryColumn = {
  key: "operation",
  label: "What",
  width: 120,
  least: 96,
  most: 180,
  fits: ({ operation }) => `${BADGE_ROOM}${OPERATIONS[operation].label}`,
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
  whole: ({ label }) => `///${label.slice(0, WHOLE_CODE)}`,
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
  fits: (entry) => changesText(entry).slice(0, MEASURED),
  most: 900,
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
