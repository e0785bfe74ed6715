import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import type { PlannedRecord, PlanRows, PlanSummary } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { DataGrid, PAGE_ROWS, useGridLayout, usePages } from "../../components/grid";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { reviewColumns } from "./reviewColumns";
import classes from "./ReviewGrid.module.css";
import type { ReviewFilter } from "./useReviewFilter";

interface ReviewGridProps {
  plan: PlanSummary;
  filter: ReviewFilter;
  /** The id of the grid's box, for the tabs that filter it. */
  id: string;
}

const rowsOf = ({ rows }: PlanRows): PlannedRecord[] => rows;
const keyOf = ({ number }: PlannedRecord): string => String(number);
const labelOf = ({ sku, line }: PlannedRecord): string => (line === null ? sku : `line ${line}`);

/** The records of a plan: as many as there are, of which only those in sight are loaded. */
export function ReviewGrid({ plan, filter, id }: ReviewGridProps) {
  const { outcome, search, open, openRow } = filter;
  const { list: fields } = useFields();
  const columns = useMemo(() => reviewColumns(plan, fields), [plan, fields]);
  const layout = useGridLayout(`review.${plan.origin}`, columns);
  const request = useCallback(
    (offset: number, limit: number) => ({
      id: plan.id,
      outcome: outcome === "all" ? null : outcome,
      search: search === "" ? null : search,
      offset,
      limit,
    }),
    [plan.id, outcome, search],
  );
  const pages = usePages({ command: "plans.rows", request, rowsOf });
  const first = useQuery(commandQuery(useHost(), "plans.rows", request(0, PAGE_ROWS)));
  const error = pages.error ?? first.error;
  return (
    <div className={classes.grid} id={id} role="tabpanel" aria-label="Records">
      {error ? (
        <ErrorState
          error={error}
          title="The records of this plan could not be read"
          onRetry={() => {
            pages.retry();
            void first.refetch();
          }}
        />
      ) : (
        <DataGrid
          label="Records of the plan"
          layout={layout}
          pages={pages}
          total={first.data?.total}
          rowKey={keyOf}
          rowLabel={labelOf}
          onOpen={({ number }) => openRow(number, open !== null)}
          onCursor={({ number }) => {
            if (open !== null) openRow(number, true);
          }}
          openKey={open === null ? undefined : String(open)}
          listKey={`${outcome} ${search}`}
          empty={<Nothing search={search} />}
        />
      )}
    </div>
  );
}

function Nothing({ search }: { search: string }) {
  return search === "" ? (
    <EmptyState title="Nothing of this kind">No record of this plan has this outcome.</EmptyState>
  ) : (
    <EmptyState title={`Nothing found for “${search}”`}>
      SKU, name and the reasons of errors are searched.
    </EmptyState>
  );
}
