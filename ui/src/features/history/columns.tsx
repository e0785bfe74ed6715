import type { HistoryEntry } from "../../bindings";
import type { GridColumn } from "../../components/grid";
import { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN, whoOf } from "../../components/history";
import { formatMoment } from "../../lib/format";
import { originText } from "../../lib/origins";
import classes from "./History.module.css";

/** The columns of the history. */
export const HISTORY_COLUMNS: GridColumn<HistoryEntry>[] = [
  {
    key: "at",
    label: "When",
    width: 178,
    fixed: true,
    render: ({ at }) => <span className={classes.when}>{formatMoment(at)}</span>,
    whole: ({ at }) => formatMoment(at),
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
  OPERATION_COLUMN,
  RECORD_COLUMN,
  {
    key: "origin",
    label: "Origin",
    width: 130,
    least: 96,
    render: (entry) => (
      <span className={classes.quiet} title={originText(entry)}>
        {originText(entry)}
      </span>
    ),
    text: originText,
  },
  CHANGES_COLUMN,
];
