import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";

import type { PlannedRecord, PlanRows, PlanSummary, Resolution } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { DataGrid, PAGE_ROWS, useGridLayout, usePages } from "../../components/grid";
import { useHost } from "../../host/context";
import { useKinds } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { canBeResolved, pressed } from "./decisions";
import { type Decide, reviewColumns } from "./reviewColumns";
import { calledOf } from "./recordText";
import { reviewedKinds } from "./reviewedKinds";
import classes from "./ReviewGrid.module.css";
import { canDecide, useResolve } from "./useResolve";
import { type ReviewFilter, rowsRequest } from "./useReviewFilter";
import { useSearched } from "./useSearched";
import { useShopOf } from "./useShopOf";

interface ReviewGridProps {
  plan: PlanSummary;
  filter: ReviewFilter;
  /** The id of the grid's box, for the tabs that filter it. */
  id: string;
}

const rowsOf = ({ rows }: PlanRows): PlannedRecord[] => rows;
const keyOf = ({ number }: PlannedRecord): string => String(number);
const labelOf = (record: PlannedRecord): string =>
  record.line === null ? calledOf(record) : `line ${record.line}`;

/** The records of a plan: as many as there are, of which only those in sight are loaded. */
export function ReviewGrid({ plan, filter, id }: ReviewGridProps) {
  const { outcome, search, mark, bySize, open, openRow } = filter;
  const described = useKinds();
  const shop = useShopOf(plan);
  const searched = useSearched(plan);
  const { mutate } = useResolve(plan);
  const decide = useCallback<Decide>(
    ({ number }, resolution) => mutate({ resolution, numbers: [number] }),
    [mutate],
  );
  const isOpenToDecisions = canDecide(plan);
  const showsDecisions = isOpenToDecisions && (outcome === "all" || outcome === "conflict");
  const { origin, kinds, changedFields } = plan;
  const columns = useMemo(
    () =>
      reviewColumns(
        { origin, changedFields, kinds: reviewedKinds(described, kinds), shop },
        showsDecisions ? decide : null,
      ),
    [origin, kinds, changedFields, described, shop, showsDecisions, decide],
  );
  const layout = useGridLayout(`review.${plan.origin}`, columns);
  const request = useCallback(
    (offset: number, limit: number) =>
      rowsRequest(plan.id, { outcome, search, mark, bySize }, offset, limit),
    [plan.id, outcome, search, mark, bySize],
  );
  const pages = usePages({ command: "plans.rows", request, rowsOf });
  const first = useQuery(commandQuery(useHost(), "plans.rows", request(0, PAGE_ROWS)));
  const error = pages.error ?? first.error;
  const box = useRef<HTMLDivElement>(null);
  const cursor = useRef(0);
  const choose = (resolution: Resolution) => {
    const record = pages.rowAt(cursor.current);
    const isHere = box.current?.contains(document.activeElement) ?? false;
    if (!record || !isHere || !isOpenToDecisions || !canBeResolved(record)) return;
    decide(record, pressed(record.resolution, resolution));
  };
  useShortcuts({ "1": () => choose("take"), "2": () => choose("keep") });
  return (
    <div ref={box} className={classes.grid} id={id} role="tabpanel" aria-label="Records">
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
          onCursor={({ number }, index) => {
            cursor.current = index;
            if (open !== null) openRow(number, true);
          }}
          openKey={open === null ? undefined : String(open)}
          listKey={`${outcome} ${search} ${JSON.stringify(mark)} ${bySize}`}
          empty={
            <Nothing
              search={search}
              searched={searched}
              onShowAll={mark === null ? null : () => filter.showMark(null)}
            />
          }
        />
      )}
    </div>
  );
}

interface NothingProps {
  search: string;
  /** What the search looked at. */
  searched: string;
  /** Shows what is not pointed out for what the list is filtered by; null when it is not. */
  onShowAll: (() => void) | null;
}

function Nothing({ search, searched, onShowAll }: NothingProps) {
  if (onShowAll !== null) {
    return (
      <EmptyState
        title="No record is left here"
        actions={
          <Button variant="default" onClick={onShowAll}>
            Show all records
          </Button>
        }
      >
        What you changed may have settled them.
      </EmptyState>
    );
  }
  return search === "" ? (
    <EmptyState title="Nothing of this kind">No record of this plan has this outcome.</EmptyState>
  ) : (
    <EmptyState title={`Nothing found for “${search}”`}>
      Of each record, {searched.replace(" or reason", " and the reasons of errors")} are searched.
    </EmptyState>
  );
}
