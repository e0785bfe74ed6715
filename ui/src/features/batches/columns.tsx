import type { Batch } from "../../bindings";
import { BatchFacts, factsText, firstFact } from "../../components/BatchFacts";
import { BatchTitle, fittingTitle, wholeTitle } from "../../components/BatchTitle";
import type { GridColumn } from "../../components/grid";
import { formatAgo, formatMoment, plainMoment } from "../../lib/format";
import { type ActionLook, actionWords, BatchActions, ROW_ICON } from "./BatchActions";
import { batchState, BatchStateBadge } from "./BatchStateBadge";

/** Who made a batch; the system itself has no name. */
export function personOf({ person }: { person: string }): string {
  return person === "" ? "Backstock" : person;
}

/** The columns of the list of batches, with the actions of those who may; in a narrow window these are icons. */
export function batchColumns(mayUndo: boolean, isNarrow: boolean): GridColumn<Batch>[] {
  return [
    {
      key: "what",
      label: "What",
      width: 240,
      least: 160,
      most: 360,
      fixed: true,
      sort: "origin",
      whole: wholeTitle,
      fits: fittingTitle,
      render: (batch) => <BatchTitle batch={batch} />,
      text: ({ title }) => title,
    },
    {
      key: "state",
      label: "State",
      width: 104,
      least: 72,
      whole: (batch) => `${BADGE_ROOM}${batchState(batch).label}`,
      render: (batch) => <BatchStateBadge batch={batch} />,
      text: (batch) => batchState(batch).label,
    },
    ...(mayUndo ? [actionColumn(isNarrow ? "icon" : "row")] : []),
    {
      key: "person",
      label: "Who",
      width: 130,
      least: 56,
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
      whole: firstFact,
      render: (batch) => <BatchFacts batch={batch} isInCell />,
      text: factsText,
    },
  ];
}

/** The dot and the padding of a badge. */
const BADGE_ROOM = "/////";

/** The icon and the padding of a button. */
const BUTTON_ROOM = "/////////";

/** The gap between two of them, and what surrounds the first. */
const ICON_GAP = 4;
const CELL_PADDING = 22;

function actionColumn(look: ActionLook): GridColumn<Batch> {
  return {
    key: "undo",
    label: "Actions",
    width: look === "icon" ? 2 * ROW_ICON + ICON_GAP + CELL_PADDING : 92,
    fixed: true,
    render: (batch) => <BatchActions batch={batch} look={look} />,
    ...(look === "row" && {
      whole: (batch) =>
        actionWords(batch)
          .map((word) => `${BUTTON_ROOM}${word}`)
          .join(""),
    }),
    text: () => "",
  };
}
