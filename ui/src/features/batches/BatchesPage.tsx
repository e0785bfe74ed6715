import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconFileImport, IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import type { Batch, BatchPage, Origin } from "../../bindings";
import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { DataGrid, PAGE_ROWS, useGridLayout, usePages } from "../../components/grid";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { ORIGINS, PRODUCT_ORIGINS } from "../../lib/origins";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { batchColumns } from "./columns";
import { type BatchView, originsOf } from "./originFilter";

const rowsOf = ({ rows }: BatchPage): Batch[] => rows;
const keyOf = ({ id }: Batch): string => id;
const labelOf = ({ label }: Batch): string => label;

const VIEWS: { value: BatchView; label: string }[] = [
  { value: "imports", label: "Imports" },
  { value: "all", label: "All changes" },
];

/** Everything that was ever applied: who, when, what it did, and its undo. */
export function BatchesPage() {
  const { view, origin, toolbar } = useOriginFilter();
  const mayImport = useMay("import");
  const { pages, total, error, retry, listKey } = useBatches(view, origin);
  const navigate = useNavigate();
  const columns = useMemo(() => batchColumns(mayImport), [mayImport]);
  const layout = useGridLayout("batches", columns);
  return (
    <Page
      title={view === "imports" ? "Imports" : "All changes"}
      count={<Count value={total} />}
      actions={mayImport && <ImportButton />}
      toolbar={toolbar}
      scroll={false}
    >
      {error ? (
        <ErrorState error={error} title="The list could not be read" onRetry={retry} />
      ) : (
        <DataGrid
          label={view === "imports" ? "Imports" : "All changes"}
          layout={layout}
          pages={pages}
          total={total}
          rowKey={keyOf}
          rowLabel={labelOf}
          onOpen={({ id }) => void navigate(paths.batch(id))}
          listKey={listKey}
          empty={<Nothing view={view} />}
        />
      )}
    </Page>
  );
}

function useBatches(view: BatchView, origin: Origin | null) {
  const request = useCallback(
    (offset: number, limit: number) => ({
      origins: originsOf(view, origin) ?? null,
      offset,
      limit,
    }),
    [view, origin],
  );
  const pages = usePages({ command: "batches.list", request, rowsOf });
  const first = useQuery(commandQuery(useHost(), "batches.list", request(0, PAGE_ROWS)));
  const retry = () => {
    pages.retry();
    void first.refetch();
  };
  const error = pages.error ?? first.error;
  return { pages, total: first.data?.total, error, retry, listKey: `${view} ${origin ?? ""}` };
}

/** The view and the origin stand in the address. */
function useOriginFilter() {
  const [params, setParams] = useSearchParams();
  const view: BatchView = params.get("show") === "all" ? "all" : "imports";
  const origin = PRODUCT_ORIGINS.find((key) => key === params.get("origin")) ?? null;
  const show = (next: { show?: string; origin?: string }) => setParams(next, { replace: true });
  const toolbar = (
    <>
      <SegmentedControl
        aria-label="What is listed"
        data={VIEWS}
        value={view}
        onChange={(chosen) => show(chosen === "all" ? { show: "all" } : {})}
        data-testid="batches-view"
      />
      {view === "all" && (
        <Select
          aria-label="Origin"
          placeholder="Any origin"
          clearable
          w={190}
          data={PRODUCT_ORIGINS.map((key) => ({ value: key, label: ORIGINS[key] }))}
          value={origin}
          onChange={(chosen) => show({ show: "all", ...(chosen ? { origin: chosen } : {}) })}
          data-testid="batches-origin"
        />
      )}
    </>
  );
  return { view, origin, toolbar };
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

function Nothing({ view }: { view: BatchView }) {
  const mayImport = useMay("import");
  return view === "imports" ? (
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
