import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useNavigate } from "react-router";

import type { Batch, EntryPage, Field, FieldInfo, JournalEntry } from "../../bindings";
import { ChangeLine, changesText, type NamedChange } from "../../components/ChangeLine";
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

const rowsOf = ({ rows }: EntryPage): JournalEntry[] => rows;
const keyOf = ({ productId, operation }: JournalEntry): string => `${productId} ${operation}`;
const labelOf = ({ sku }: JournalEntry): string => sku;

/** The journal of a batch: what happened to each record, field by field. */
export function EntryGrid({ batch: { id } }: { batch: Batch }) {
  const navigate = useNavigate();
  const { byKey } = useFields();
  const columns = useMemo(() => entryColumns(byKey), [byKey]);
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

function entryColumns(fields: ReadonlyMap<Field, FieldInfo>): GridColumn<JournalEntry>[] {
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
      render: (entry) => (
        <ChangeLine changes={namedChanges(entry, fields)} isNew={entry.operation === "create"} />
      ),
      text: (entry) => changesText(namedChanges(entry, fields)),
    },
  ];
}

function namedChanges(
  { changes }: JournalEntry,
  byKey: ReadonlyMap<Field, FieldInfo>,
): NamedChange[] {
  return changes.map((change) => {
    const field = byKey.get(change.field);
    return { ...change, label: field?.label ?? change.field, kind: field?.kind ?? "text" };
  });
}
