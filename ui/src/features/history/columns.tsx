import type { FieldKind, HistoryEntry } from "../../bindings";
import { Diff } from "../../components/Diff";
import type { GridColumn } from "../../components/grid";
import { OperationBadge } from "../../components/OperationBadge";
import { formatMoment } from "../../lib/format";
import { OPERATIONS } from "../../lib/operations";
import { ORIGINS } from "../../lib/origins";
import { formatValue } from "../../lib/values";
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
      width: 192,
      fixed: true,
      render: ({ at }) => <span className={classes.when}>{formatMoment(at)}</span>,
      text: ({ at }) => new Date(at).toISOString(),
    },
    {
      key: "person",
      label: "Who",
      width: 130,
      render: (entry) => <span title={whoOf(entry)}>{whoOf(entry)}</span>,
      text: whoOf,
    },
    {
      key: "operation",
      label: "What",
      width: 156,
      render: ({ operation }) => <OperationBadge operation={operation} />,
      text: ({ operation }) => OPERATIONS[operation].label,
    },
    {
      key: "record",
      label: "Record",
      width: 190,
      render: (entry) => <RecordName entry={entry} />,
      text: ({ label }) => label,
    },
    {
      key: "origin",
      label: "Origin",
      width: 130,
      render: ({ origin }) => <span className={classes.quiet}>{ORIGINS[origin].label}</span>,
      text: ({ origin }) => ORIGINS[origin].label,
    },
    {
      key: "changes",
      label: "Changes",
      width: 260,
      grow: true,
      render: (entry) => <Changes entry={entry} kindOf={kindOf} />,
      text: (entry) => changesText(entry, kindOf),
    },
  ];
}

function RecordName({ entry: { entity, label } }: { entry: HistoryEntry }) {
  const { icon: Icon, label: kind } = ENTITIES[entity];
  return (
    <span className={classes.record} title={`${kind} ${label}`}>
      <Icon size={14} />
      <span className="visually-hidden">{kind} </span>
      <span className={classes.label}>{label}</span>
    </span>
  );
}

function Changes({ entry, kindOf }: { entry: HistoryEntry; kindOf: KindOf }) {
  const isNew = entry.operation === "create";
  return (
    <span>
      {entry.changes.map(({ field, label, old, new: next }) => (
        <span key={field} className={classes.change}>
          <span className={classes.field}>{label}</span>
          <Diff
            old={isNew ? null : old}
            new={next}
            kind={kindOf(entry, field)}
            tone={isNew ? "create" : "update"}
          />
        </span>
      ))}
    </span>
  );
}

function changesText(entry: HistoryEntry, kindOf: KindOf): string {
  return entry.changes
    .map(({ field, label, old, new: next }) => {
      const words = (value: typeof old) => formatValue(value, kindOf(entry, field));
      return `${label}: ${words(old)} → ${words(next)}`;
    })
    .join("; ");
}
