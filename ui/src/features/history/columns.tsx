import type { FieldKind, HistoryEntry } from "../../bindings";
import { ChangeLine, changesText, type NamedChange } from "../../components/ChangeLine";
import type { GridColumn } from "../../components/grid";
import { MiddleCut, SHORT_TEXT } from "../../components/MiddleCut";
import { OperationBadge } from "../../components/OperationBadge";
import { formatMoment } from "../../lib/format";
import { OPERATIONS } from "../../lib/operations";
import { ORIGINS } from "../../lib/origins";
import { ENTITIES, whoOf } from "./entities";
import classes from "./History.module.css";

/** How the values of a field are written. */
export type KindOf = (entry: HistoryEntry, field: string) => FieldKind;

/** The columns of the history. */
export function historyColumns(kindOf: KindOf): GridColumn<HistoryEntry>[] {
  return [
    {
      key: "at",
      label: "When",
      width: 178,
      fixed: true,
      render: ({ at }) => <span className={classes.when}>{formatMoment(at)}</span>,
      text: ({ at }) => new Date(at).toISOString(),
    },
    {
      key: "person",
      label: "Who",
      width: 130,
      least: 96,
      render: (entry) => <span title={whoOf(entry)}>{whoOf(entry)}</span>,
      text: whoOf,
    },
    {
      key: "operation",
      label: "What",
      width: 156,
      least: 124,
      render: ({ operation }) => <OperationBadge operation={operation} />,
      text: ({ operation }) => OPERATIONS[operation].label,
    },
    {
      key: "record",
      label: "Record",
      width: 190,
      least: 140,
      render: (entry) => <RecordName entry={entry} />,
      // Its icon takes the room of three letters.
      whole: ({ label }) => `---${label.slice(0, SHORT_TEXT)}`,
      text: ({ label }) => label,
    },
    {
      key: "origin",
      label: "Origin",
      width: 130,
      least: 96,
      render: ({ origin }) => <span className={classes.quiet}>{ORIGINS[origin].label}</span>,
      text: ({ origin }) => ORIGINS[origin].label,
    },
    {
      key: "changes",
      label: "Changes",
      width: 260,
      least: 150,
      grow: true,
      render: (entry) => (
        <ChangeLine changes={namedChanges(entry, kindOf)} isNew={entry.operation === "create"} />
      ),
      text: (entry) => changesText(namedChanges(entry, kindOf)),
    },
  ];
}

function RecordName({ entry: { entity, label } }: { entry: HistoryEntry }) {
  const { icon: Icon, label: kind } = ENTITIES[entity];
  return (
    <span className={classes.record} title={`${kind} ${label}`}>
      <Icon size={14} />
      <span className="visually-hidden">{kind} </span>
      <MiddleCut text={label} />
    </span>
  );
}

function namedChanges(entry: HistoryEntry, kindOf: KindOf): NamedChange[] {
  return entry.changes.map((change) => ({ ...change, kind: kindOf(entry, change.field) }));
}
