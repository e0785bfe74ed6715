import type { Batch } from "../../bindings";
import { BatchFacts, factsText } from "../../components/BatchFacts";
import type { GridColumn } from "../../components/grid";
import { ORIGIN_ICONS } from "../../components/originIcons";
import { formatAgo, formatMoment, plainMoment } from "../../lib/format";
import classes from "./Batches.module.css";
import { actionWords, BatchActions } from "./BatchActions";
import { BatchStateBadge } from "./BatchStateBadge";

/** Who made a batch; the system itself has no name. */
export function personOf({ person }: { person: string }): string {
  return person === "" ? "Backstock" : person;
}

/** The columns of the list of batches. */
export function batchColumns(mayUndo: boolean): GridColumn<Batch>[] {
  return [
    {
      key: "what",
      label: "What",
      width: 240,
      least: 160,
      most: 360,
      fixed: true,
      sort: "origin",
      fits: ({ title }) => `${ICON_ROOM}${title}`,
      render: (batch) => <What batch={batch} />,
      text: ({ title }) => title,
    },
    {
      key: "state",
      label: "State",
      width: 104,
      least: 92,
      render: (batch) => <BatchStateBadge batch={batch} />,
      text: ({ state }) => state,
    },
    ...(mayUndo ? [ACTIONS] : []),
    {
      key: "person",
      label: "Who",
      width: 130,
      least: 72,
      fits: personOf,
      render: (batch) => <span title={personOf(batch)}>{personOf(batch)}</span>,
      text: personOf,
    },
    {
      key: "when",
      label: "When",
      width: 120,
      least: 100,
      sort: "started",
      fits: ({ startedAt }) => formatAgo(startedAt),
      render: ({ startedAt }) => (
        <span title={formatMoment(startedAt)}>{formatAgo(startedAt)}</span>
      ),
      text: ({ startedAt }) => plainMoment(startedAt),
    },
    {
      key: "counts",
      label: "Result",
      width: 330,
      least: 150,
      grow: true,
      render: (batch) => (
        <span className={classes.facts}>
          <BatchFacts batch={batch} />
        </span>
      ),
      text: factsText,
    },
  ];
}

/** As wide as the icon before a title. */
const ICON_ROOM = "-----";

/** The icon and the padding of a button. */
const BUTTON_ROOM = "---------";

const ACTIONS: GridColumn<Batch> = {
  key: "undo",
  label: "Actions",
  width: 92,
  fixed: true,
  render: (batch) => <BatchActions batch={batch} compact />,
  whole: (batch) =>
    actionWords(batch)
      .map((word) => `${BUTTON_ROOM}${word}`)
      .join(""),
  text: () => "",
};

function What({ batch }: { batch: Batch }) {
  const Icon = ORIGIN_ICONS[batch.origin];
  return (
    <span className={classes.what} title={batch.title}>
      <Icon size={16} />
      <span className={classes.label}>{batch.title}</span>
    </span>
  );
}
