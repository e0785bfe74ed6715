import { Button, SegmentedControl } from "@mantine/core";
import { IconFileImport, IconFilterOff, IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import type { Batch, BatchPage } from "../../bindings";
import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import {
  ColumnsMenu,
  DataGrid,
  type GridSort,
  PAGE_ROWS,
  useGridKeys,
  useGridLayout,
  usePages,
} from "../../components/grid";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useIsNarrow } from "../../lib/useIsNarrow";
import { BatchFilters } from "./BatchFilters";
import { batchColumns } from "./columns";
import {
  type BatchList,
  type BatchView,
  cleared,
  narrowed,
  readView,
  toRequest,
  writeView,
} from "./filters";

const rowsOf = ({ rows }: BatchPage): Batch[] => rows;
const keyOf = ({ id }: Batch): string => id;
const labelOf = ({ label }: Batch): string => label;

const LISTS: { value: BatchList; label: string }[] = [
  { value: "imports", label: "Imports" },
  { value: "all", label: "All changes" },
];

/** Everything that was ever applied: who, when, what it did, and its undo. */
export function BatchesPage() {
  const { view, show } = useView();
  const mayImport = useMay("import");
  const { pages, total, error, retry } = useBatches(view);
  const navigate = useNavigate();
  useGridKeys();
  const isNarrow = useIsNarrow();
  const columns = useMemo(() => batchColumns(mayImport, isNarrow), [mayImport, isNarrow]);
  const layout = useGridLayout("batches", columns);
  const title = view.list === "imports" ? "Imports" : "All changes";
  const sortBy = ({ key, descending }: GridSort) =>
    show({ ...view, sort: key === "origin" ? "origin" : "started", ascending: !descending });
  return (
    <Page
      title={title}
      count={<Count value={total} />}
      tabs={<Lists view={view} show={show} />}
      actions={mayImport && <ImportButton />}
      toolbar={
        <BatchFilters
          {...{ view, show }}
          batches={pages}
          columns={<ColumnsMenu layout={layout} />}
        />
      }
      scroll={false}
    >
      {error ? (
        <ErrorState error={error} title="The list could not be read" onRetry={retry} />
      ) : (
        <DataGrid
          label={title}
          layout={layout}
          pages={pages}
          total={total}
          sort={{ key: view.sort, descending: !view.ascending }}
          onSort={sortBy}
          rowKey={keyOf}
          rowLabel={labelOf}
          onOpen={({ id }) => void navigate(paths.batch(id))}
          listKey={writeView(view).toString()}
          empty={<Nothing view={view} onShowAll={() => show(cleared(view))} />}
        />
      )}
    </Page>
  );
}

function useBatches(view: BatchView) {
  const request = useCallback(
    (offset: number, limit: number) => ({ ...toRequest(view), offset, limit }),
    [view],
  );
  const pages = usePages({ command: "batches.list", request, rowsOf });
  const first = useQuery(commandQuery(useHost(), "batches.list", request(0, PAGE_ROWS)));
  const retry = () => {
    pages.retry();
    void first.refetch();
  };
  return { pages, total: first.data?.total, error: pages.error ?? first.error, retry };
}

/** The view stands in the address: links, back and reload keep it. */
function useView() {
  const [params, setParams] = useSearchParams();
  const key = params.toString();
  const view = useMemo(() => readView(new URLSearchParams(key)), [key]);
  const show = (next: BatchView) => setParams(writeView(next), { replace: true });
  return { view, show };
}

interface ViewProps {
  view: BatchView;
  show: (view: BatchView) => void;
}

function Lists({ view, show }: ViewProps) {
  return (
    <SegmentedControl
      aria-label="What is listed"
      data={LISTS}
      value={view.list}
      onChange={(list) => show({ ...view, list, origin: undefined })}
      data-testid="batches-view"
    />
  );
}

function ImportButton() {
  return (
    <Button
      component={Link}
      to={paths.newImport()}
      leftSection={<IconFileImport size={16} />}
      data-testid="import-new"
    >
      Import a file
    </Button>
  );
}

function Nothing({ view, onShowAll }: { view: BatchView; onShowAll: () => void }) {
  const mayImport = useMay("import");
  if (narrowed(view) > 0) {
    return (
      <EmptyState
        icon={<IconFilterOff size={22} />}
        title="Nothing matches the filters"
        actions={
          <Button variant="default" onClick={onShowAll}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  return view.list === "imports" ? (
    <EmptyState
      icon={<IconFileImport size={22} />}
      title="Nothing was imported yet"
      actions={mayImport && <ImportButton />}
    >
      Drop a supplier’s CSV file anywhere on the window. You see what it would change first, and
      every import can be undone from here.
    </EmptyState>
  ) : (
    <EmptyState icon={<IconHistory size={22} />} title="No such changes yet">
      Every change of products is kept here, with who made it, when, and its undo.
    </EmptyState>
  );
}
