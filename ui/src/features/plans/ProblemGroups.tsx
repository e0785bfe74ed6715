import { useQuery } from "@tanstack/react-query";

import type { Mark, PlanSummary } from "../../bindings";
import { useHost } from "../../host/context";
import { formatInteger } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import classes from "./ProblemGroups.module.css";
import { isSameMark } from "./useRevise";

/** A mark of a broken rule. */
export type ProblemMark = Extract<Mark, { kind: "problem" }>;

interface ProblemGroupsProps {
  plan: PlanSummary;
  current: Mark | null;
  onShow: (mark: Mark | null) => void;
}

/** So many groups are shown; the rarest beyond are found by the search. */
const MOST = 12;

/** The errors of a plan by rule and column, the most frequent first: each is a filter. */
export function ProblemGroups({ plan, current, onShow }: ProblemGroupsProps) {
  const { data } = useQuery({
    ...commandQuery(useHost(), "plans.marks", { id: plan.id }),
    placeholderData: (before) => before,
  });
  const groups = (data?.marks ?? []).flatMap(({ mark, count }) =>
    mark.kind === "problem" ? [{ mark, count }] : [],
  );
  if (groups.length === 0) return null;
  return (
    <ul
      className={classes.groups}
      aria-label="Errors by rule and column"
      data-testid="plan-problems"
    >
      {groups.slice(0, MOST).map(({ mark, count }) => {
        const isShown = isSameMark(mark, current);
        return (
          <li key={JSON.stringify(mark)} className={classes.item}>
            <button
              type="button"
              className={classes.group}
              aria-pressed={isShown}
              title={isShown ? "Show all errors again" : "Show these errors"}
              onClick={() => onShow(isShown ? null : mark)}
              data-testid="plan-problem-group"
            >
              {mark.column !== "" && <span className={classes.column}>{mark.column}</span>}
              <span className={classes.rule}>{mark.rule}</span>
              <span className={classes.count}>{formatInteger(count)}</span>
            </button>
          </li>
        );
      })}
      {groups.length > MOST && (
        <li className={classes.more}>and {formatInteger(groups.length - MOST)} rarer ones</li>
      )}
    </ul>
  );
}
