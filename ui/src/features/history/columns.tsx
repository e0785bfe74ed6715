import type { ReactNode } from "react";

import type { Batch, HistoryEntry } from "../../bindings";
import { BatchFacts, factsText, firstFact } from "../../components/BatchFacts";
import { BatchTitle, fittingTitle, wholeTitle } from "../../components/BatchTitle";
import type { GridColumn } from "../../components/grid";
import { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN, whoOf } from "../../components/history";
import { formatCount, formatMoment, plainMoment } from "../../lib/format";
import { originText, originWord } from "../../lib/origins";
import classes from "./History.module.css";

type EntryColumn = GridColumn<HistoryEntry>;

const WHEN: EntryColumn = {
  key: "at",
  label: "When",
  width: 192,
  fixed: true,
  render: ({ at }) => <span className={classes.when}>{formatMoment(at)}</span>,
  whole: ({ at }) => formatMoment(at),
  text: ({ at }) => plainMoment(at),
};

const WHO: EntryColumn = {
  key: "person",
  label: "Who",
  width: 130,
  least: 84,
  render: (entry) => <span title={whoOf(entry)}>{whoOf(entry)}</span>,
  text: whoOf,
};

/** What a batch is called, be it of one record or of a million. */
const BATCH: EntryColumn = {
  key: "record",
  label: "Batch",
  width: 190,
  least: 140,
  render: (entry) => <BatchTitle batch={entry} />,
  whole: wholeTitle,
  fits: fittingTitle,
  most: 320,
  text: ({ title }) => title,
};

const ORIGIN: EntryColumn = {
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
};

/** The columns of the history: with one line for each batch, or for each entry. */
export function historyColumns(byBatch: boolean): EntryColumn[] {
  return [
    WHEN,
    WHO,
    withBatch(OPERATION_COLUMN, {
      text: recordsOf,
      whole: recordsOf,
      render: (batch) => recordsOf(batch),
    }),
    byBatch ? BATCH : RECORD_COLUMN,
    withBatch(CHANGES_COLUMN, {
      text: factsText,
      whole: firstFact,
      render: (batch) => <BatchFacts batch={batch} isInCell />,
    }),
    ORIGIN,
  ];
}

/** What a column tells of a batch. */
interface BatchCell {
  text: (batch: Batch) => string;
  whole: (batch: Batch) => string;
  render: (batch: Batch) => ReactNode;
}

/** A column that tells of the batch where an entry stands for several. */
function withBatch(column: EntryColumn, { text, whole, render }: BatchCell): EntryColumn {
  return {
    ...column,
    text: (entry) => (entry.batch ? text(entry.batch) : column.text(entry)),
    render: (entry) => (entry.batch ? render(entry.batch) : column.render(entry)),
    whole: (entry) => (entry.batch ? whole(entry.batch) : (column.whole?.(entry) ?? "")),
    ...(column.fits && {
      fits: (entry) => (entry.batch ? text(entry.batch) : (column.fits?.(entry) ?? "")),
    }),
  };
}

/** Where an entry stands for a batch, the title of what was undone stands beside it already. */
function originOf(entry: HistoryEntry): string {
  return entry.batch ? originWord(entry) : originText(entry);
}

/** How many records a batch wrote; people and roles are not counted. */
function recordsOf({ counts }: Batch): string {
  const written = counts.created + counts.updated + counts.implied;
  return written === 0 ? "Several" : formatCount(written, "record");
}
