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
      fixed: true,
      sort: "origin",
      render: (batch) => <What batch={batch} />,
      text: ({ title }) => title,
    },
    {
      key: "state",
      label: "State",
      width: 104,
      render: (batch) => <BatchStateBadge batch={batch} />,
      text: ({ state }) => state,
    },
    ...(mayUndo ? [ACTIONS] : []),
    {
      key: "person",
      label: "Who",
      width: 130,
      render: (batch) => <span>{personOf(batch)}</span>,
      text: personOf,
    },
    {
      key: "when",
      label: "When",
      width: 120,
      sort: "started",
      render: ({ startedAt }) => (
        <span title={formatMoment(startedAt)}>{formatAgo(startedAt)}</span>
      ),
      text: ({ startedAt }) => plainMoment(startedAt),
    },
    {
      key: "counts",
      label: "Result",
      width: 330,
      render: (batch) => (
        <span className={classes.facts}>
          <BatchFacts batch={batch} />
        </span>
      ),
      text: factsText,
    },
  ];
}

/** The icon and the padding of a button. */
const BUTTON_ROOM = "-----";

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
