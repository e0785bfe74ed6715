import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNavigate } from "react-router";

import type { Batch, EntryPage, HistoryEntry } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import {
  DataGrid,
  type GridColumn,
  PAGE_ROWS,
  useGridLayout,
  usePages,
} from "../../components/grid";
import { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN } from "../../components/history";
import { useHost } from "../../host/context";
import { recordPath } from "../../lib/paths";
import { commandQuery } from "../../lib/query";

const rowsOf = ({ rows }: EntryPage): HistoryEntry[] => rows;
const keyOf = ({ number }: HistoryEntry): string => String(number);
const labelOf = ({ label }: HistoryEntry): string => label;

const COLUMNS: GridColumn<HistoryEntry>[] = [
  { ...RECORD_COLUMN, width: 220, pinned: true },
  { ...OPERATION_COLUMN, pinned: true },
  { ...CHANGES_COLUMN, width: 900 },
];

/** The journal of a batch: what happened to each record, field by field. */
export function EntryGrid({ batch: { id } }: { batch: Batch }) {
  const navigate = useNavigate();
  const layout = useGridLayout("entries", COLUMNS);
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
      onOpen={({ kind, recordId }) => {
        const path = recordPath(kind, recordId);
        if (path !== null) void navigate(path);
      }}
      listKey={id}
      empty={<EmptyState title="Nothing was changed">No record was written.</EmptyState>}
    />
  );
}
