import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useNavigate } from "react-router";

import type { Batch, EntryPage, FieldInfo, JournalEntry } from "../../bindings";
import { Diff } from "../../components/Diff";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import {
  DataGrid,
  type GridColumn,
  PAGE_ROWS,
  useGridLayout,
  usePages,
} from "../../components/grid";
import { OperationBadge } from "../../components/OperationBadge";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { formatValue } from "../../lib/values";
import classes from "./Batches.module.css";

const rowsOf = ({ rows }: EntryPage): JournalEntry[] => rows;
const keyOf = ({ productId, operation }: JournalEntry): string => `${productId} ${operation}`;
const labelOf = ({ sku }: JournalEntry): string => sku;

/** The journal of a batch: what happened to each record, field by field. */
export function EntryGrid({ batch: { id } }: { batch: Batch }) {
  const navigate = useNavigate();
  const { list } = useFields();
  const columns = useMemo(() => entryColumns(list), [list]);
  const layout = useGridLayout("entries", columns);
  const request = useCallback((offset: number, limit: number) => ({ id, offset, limit }), [id]);
  const pages = usePages({ command: "batches.entries", request, rowsOf });
  const first = useQuery(commandQuery(useHost(), "batches.entries", request(0, PAGE_ROWS)));
  const error = pages.error ?? first.error;
  if (error) {
    const retry = () => {
      pages.retry();
      void first.refetch();
    };
    return <ErrorState error={error} title="The changes could not be read" onRetry={retry} />;
  }
  return (
    <DataGrid
      label="Changed records"
      layout={layout}
      pages={pages}
      total={first.data?.total}
      rowKey={keyOf}
      rowLabel={labelOf}
      onOpen={({ productId }) => void navigate(paths.product(productId))}
      listKey={id}
      empty={<EmptyState title="Nothing was changed">No record was written.</EmptyState>}
    />
  );
}

function entryColumns(fields: readonly FieldInfo[]): GridColumn<JournalEntry>[] {
  return [
    {
      key: "sku",
      label: "SKU",
      width: 220,
      pinned: true,
      render: ({ sku }) => <span title={sku}>{sku}</span>,
      text: ({ sku }) => sku,
    },
    {
      key: "operation",
      label: "What",
      width: 110,
      pinned: true,
      render: ({ operation }) => <OperationBadge operation={operation} />,
      text: ({ operation }) => operation,
    },
    {
      key: "changes",
      label: "Changes",
      width: 900,
      render: (entry) => <Changes entry={entry} fields={fields} />,
      text: (entry) => changesText(entry, fields),
    },
  ];
}

interface ChangesProps {
  entry: JournalEntry;
  fields: readonly FieldInfo[];
}

function Changes({ entry, fields }: ChangesProps) {
  const isNew = entry.operation === "create";
  return (
    <span>
      {entry.changes.map((change) => {
        const field = fields.find(({ key }) => key === change.field);
        return (
          <span key={change.field} className={classes.change}>
            <span className={classes.field}>{field?.label ?? change.field}</span>
            <Diff
              old={isNew ? null : change.old}
              new={change.new}
              kind={field?.kind ?? "text"}
              tone={isNew ? "create" : "update"}
            />
          </span>
        );
      })}
    </span>
  );
}

function changesText({ changes }: JournalEntry, fields: readonly FieldInfo[]): string {
  return changes
    .map((change) => {
      const field = fields.find(({ key }) => key === change.field);
      const words = (value: typeof change.old) => formatValue(value, field?.kind ?? "text");
      return `${field?.label ?? change.field}: ${words(change.old)} → ${words(change.new)}`;
    })
    .join("; ");
}
