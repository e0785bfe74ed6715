import { useCallback, useEffect, useRef } from "react";
import { useSearchParams } from "react-router";

import { OUTCOME_ORDER, type OutcomeFilter } from "./counts";

/** What of a plan is shown; it stands in the address, so that Back leads back. */
export interface ReviewFilter {
  outcome: OutcomeFilter;
  search: string;
  /** The number of the record that is open in the panel. */
  open: number | null;
  showOutcome: (outcome: OutcomeFilter) => void;
  find: (search: string) => void;
  /** Opens a record in the panel; `replace` when the person merely walks on. */
  openRow: (number: number | null, replace?: boolean) => void;
}

function outcomeOf(text: string | null): OutcomeFilter {
  return OUTCOME_ORDER.find((outcome) => outcome === text) ?? "all";
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
    (key: string, value: string | null, replace: boolean) => {
      const next = new URLSearchParams(latest.current);
      if (value === null || value === "") next.delete(key);
      else next.set(key, value);
      latest.current = next;
      setParams(next, { replace });
    },
    [setParams],
  );
  const open = params.get("row");
  return {
    outcome: outcomeOf(params.get("outcome")),
    search: params.get("find") ?? "",
    open: open === null ? null : Number(open),
    showOutcome: (outcome) => change("outcome", outcome === "all" ? null : outcome, true),
    find: (search) => change("find", search, true),
    openRow: (number, replace = false) =>
      change("row", number === null ? null : String(number), replace),
  };
}
