import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

import type { Mark, PlanId } from "../../bindings";
import { filterOf, type OutcomeFilter, shownBy } from "./counts";

/** What of a plan is shown; it stands in the address, so that Back leads back. */
export interface ReviewFilter {
  outcome: OutcomeFilter;
  search: string;
  /** What the records that are shown are pointed out for. */
  mark: Mark | null;
  /** Whether those that change most come first. */
  bySize: boolean;
  /** The number of the record that is open in the panel. */
  open: number | null;
  showOutcome: (outcome: OutcomeFilter) => void;
  find: (search: string) => void;
  /** Shows only what is pointed out for this; with an outcome, only of that one. */
  showMark: (mark: Mark | null, outcome?: OutcomeFilter) => void;
  sortBySize: (bySize: boolean) => void;
  /** Opens a record in the panel; `replace` when the person merely walks on. */
  openRow: (number: number | null, replace?: boolean) => void;
}

/** The request for the records that a filter shows. */
export function rowsRequest(
  id: PlanId,
  { outcome, search, mark, bySize }: Pick<ReviewFilter, "outcome" | "search" | "mark" | "bySize">,
  offset: number,
  limit: number,
) {
  return {
    id,
    ...shownBy(outcome),
    search: search === "" ? null : search,
    mark,
    bySize,
    offset,
    limit,
  };
}

/** The core says what is wrong with a mark that is none. */
function isMark(value: unknown): value is Mark {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** An outcome as the address has it. */
const said = (outcome: OutcomeFilter) => (outcome === "all" ? null : outcome);

/** A mark as it stands in the address; null for what is none. */
function markOf(text: string | null): Mark | null {
  if (text === null) return null;
  try {
    const mark: unknown = JSON.parse(text);
    return isMark(mark) ? mark : null;
  } catch {
    return null;
  }
}

/** The filter of a review. */
export function useReviewFilter(): ReviewFilter {
  const [params, setParams] = useSearchParams();
  // The address follows a moment later: what was asked for meanwhile must not be forgotten.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = useCallback(
    (changes: Record<string, string | null>, replace: boolean) => {
      const next = new URLSearchParams(latest.current);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null || value === "") next.delete(key);
        else next.set(key, value);
      }
      latest.current = next;
      setParams(next, { replace });
    },
    [setParams],
  );
  const open = params.get("row");
  const asked = params.get("mark");
  // The same object while the address is the same, so that nothing is loaded again.
  const mark = useMemo(() => markOf(asked), [asked]);
  return {
    outcome: filterOf(params.get("outcome")),
    search: params.get("find") ?? "",
    mark,
    bySize: params.get("sort") === "size",
    open: open === null ? null : Number(open),
    showOutcome: (outcome) => change({ outcome: said(outcome), mark: null }, true),
    find: (search) => change({ find: search }, true),
    showMark: (shown, outcome = "all") =>
      change({ mark: shown && JSON.stringify(shown), outcome: said(outcome) }, true),
    sortBySize: (bySize) => change({ sort: bySize ? "size" : null }, true),
    openRow: (number, replace = false) =>
      change({ row: number === null ? null : String(number) }, replace),
  };
}
