import type { ReactNode } from "react";

import type { Batch, HistoryEntry } from "../../bindings";
import { BatchFacts, factsText } from "../../components/BatchFacts";
import type { GridColumn } from "../../components/grid";
import { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN, whoOf } from "../../components/history";
import { formatCount, formatMoment } from "../../lib/format";
import { originText, originWord } from "../../lib/origins";
import classes from "./History.module.css";

/** The columns of the history. */
export const HISTORY_COLUMNS: GridColumn<HistoryEntry>[] = [
  {
    key: "at",
    label: "When",
    width: 192,
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
  withBatch(OPERATION_COLUMN, recordsOf, (batch) => recordsOf(batch)),
  withBatch(RECORD_COLUMN, titleOf, (batch) => <span title={batch.title}>{batch.title}</span>),
  {
    key: "origin",
    label: "Origin",
    width: 150,
    least: 96,
    render: (entry) => (
      <span className={classes.quiet} title={originOf(entry)}>
        {originOf(entry)}
      </span>
    ),
    text: originOf,
  },
  withBatch(CHANGES_COLUMN, factsText, (batch) => (
    <span className={classes.facts}>
      <BatchFacts batch={batch} />
    </span>
  )),
];

/** A column that tells of the batch where an entry stands for one. */
function withBatch(
  column: GridColumn<HistoryEntry>,
  text: (batch: Batch) => string,
  render: (batch: Batch) => ReactNode,
): GridColumn<HistoryEntry> {
  return {
    ...column,
    text: (entry) => (entry.batch ? text(entry.batch) : column.text(entry)),
    render: (entry) => (entry.batch ? render(entry.batch) : column.render(entry)),
    ...(column.whole && {
      whole: (entry) => (entry.batch ? "" : (column.whole?.(entry) ?? "")),
    }),
  };
}

/** Where an entry stands for a batch, the title of what was undone stands beside it already. */
function originOf(entry: HistoryEntry): string {
  return entry.batch ? originWord(entry) : originText(entry);
}

function titleOf(batch: Batch): string {
  return batch.title;
}

/** How many records a batch wrote; people and roles are not counted. */
function recordsOf({ counts }: Batch): string {
  const written = counts.created + counts.updated + counts.implied;
  return written === 0 ? "Several" : formatCount(written, "record");
}
