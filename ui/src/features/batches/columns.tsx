import {
  IconArrowBackUp,
  IconCloud,
  IconFileImport,
  IconForms,
  IconKey,
  IconPackage,
  IconPencil,
  IconPlugConnected,
  IconSettings,
  IconTrash,
  IconTrashOff,
  IconTrashX,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Batch, Origin } from "../../bindings";
import { BatchFacts, factsText } from "../../components/BatchFacts";
import type { GridColumn } from "../../components/grid";
import { formatAgo, formatMoment } from "../../lib/format";
import classes from "./Batches.module.css";
import { BatchStateBadge } from "./BatchStateBadge";
import { UndoBatchButton } from "./UndoBatchButton";

const ICONS: Record<Origin, ComponentType<{ size?: number | string }>> = {
  import: IconFileImport,
  undo: IconArrowBackUp,
  form: IconForms,
  trash: IconTrash,
  restore: IconTrashOff,
  purge: IconTrashX,
  bulk_edit: IconPencil,
  sync: IconPlugConnected,
  offline_replay: IconCloud,
  practice: IconPackage,
  people: IconUsers,
  settings: IconSettings,
  sign_in: IconKey,
};

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
    ...(mayUndo ? [UNDO] : []),
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
      render: ({ startedAt }) => (
        <span title={formatMoment(startedAt)}>{formatAgo(startedAt)}</span>
      ),
      text: ({ startedAt }) => formatMoment(startedAt),
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

const UNDO: GridColumn<Batch> = {
  key: "undo",
  label: "Undo",
  width: 92,
  fixed: true,
  render: (batch) => <UndoBatchButton batch={batch} compact />,
  text: () => "",
};

function What({ batch }: { batch: Batch }) {
  const Icon = ICONS[batch.origin];
  return (
    <span className={classes.what} title={batch.title}>
      <Icon size={16} />
      <span className={classes.label}>{batch.title}</span>
    </span>
  );
}
