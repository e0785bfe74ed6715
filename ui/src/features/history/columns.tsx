import type { ReactNode } from "react";

import type { Batch, HistoryEntry } from "../../bindings";
import { BatchFacts, factsText } from "../../components/BatchFacts";
import type { GridColumn } from "../../components/grid";
import { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN, whoOf } from "../../components/history";
import { WHOLE_CODE } from "../../components/MiddleCut";
import { ORIGIN_ICONS } from "../../components/originIcons";
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

/** As wide as the icon before a title. */
const ICON_ROOM = "---";

/** What stands behind which a title is no single code with its verb. */
const WHOLE_TITLE = WHOLE_CODE + 8;

/** What a batch is called, be it of one record or of a million. */
const BATCH: EntryColumn = {
  key: "record",
  label: "Batch",
  width: 190,
  least: 140,
  render: (entry) => <BatchTitle entry={entry} />,
  whole: ({ batch, title }) => (batch ? "" : `${ICON_ROOM}${title.slice(0, WHOLE_TITLE)}`),
  fits: ({ title }) => `${ICON_ROOM}${title}`,
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
    withBatch(OPERATION_COLUMN, recordsOf, (batch) => recordsOf(batch)),
    byBatch ? BATCH : RECORD_COLUMN,
    withBatch(CHANGES_COLUMN, factsText, (batch) => (
      <span className={classes.facts}>
        <BatchFacts batch={batch} />
      </span>
    )),
    ORIGIN,
  ];
}

/** The first number of several, with its words: it is never cut. */
const firstPart = (text: string) => `${text.split(", ", 1)[0]}-`;

/** A column that tells of the batch where an entry stands for several. */
function withBatch(
  column: EntryColumn,
  text: (batch: Batch) => string,
  render: (batch: Batch) => ReactNode,
): EntryColumn {
  return {
    ...column,
    text: (entry) => (entry.batch ? text(entry.batch) : column.text(entry)),
    render: (entry) => (entry.batch ? render(entry.batch) : column.render(entry)),
    ...(column.whole && {
      whole: (entry) =>
        entry.batch ? firstPart(text(entry.batch)) : (column.whole?.(entry) ?? ""),
    }),
    ...(column.fits && {
      fits: (entry) => (entry.batch ? text(entry.batch) : (column.fits?.(entry) ?? "")),
    }),
  };
}

function BatchTitle({ entry: { origin, title } }: { entry: HistoryEntry }) {
  const Icon = ORIGIN_ICONS[origin];
  return (
    <span className={classes.batch} title={title}>
      <Icon size={14} />
      <span className={classes.batchTitle}>{title}</span>
    </span>
  );
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
