import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";

import type { PlanSummary } from "../../bindings";
import { Page } from "../../components/Page";
import { Split } from "../../components/Split";
import { useShortcuts } from "../../lib/shortcuts";
import { DecisionBar } from "./DecisionBar";
import { OutcomeTabs } from "./OutcomeTabs";
import { PlanSteps } from "./PlanSteps";
import { ProblemGroups } from "./ProblemGroups";
import { RecordPanel } from "./RecordPanel";
import { Result } from "./Result";
import classes from "./Review.module.css";
import { ReviewFooter } from "./ReviewFooter";
import { ReviewGrid } from "./ReviewGrid";
import { ReviseBar } from "./ReviseBar";
import { type ReviewFilter, useReviewFilter } from "./useReviewFilter";
import { useSearched } from "./useSearched";
import { Warnings } from "./Warnings";

/** The review of a plan: read it, apply it, see what was done, undo it. */
export function Review({ plan }: { plan: PlanSummary }) {
  const filter = useReviewFilter();
  const grid = useId();
  const records = useRef<HTMLDivElement>(null);
  const walk = () => records.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  useShortcuts({ arrowdown: walk, j: walk });
  const isDone = plan.state === "applied";
  return (
    <Page
      title={plan.title}
      search={<Search plan={plan} filter={filter} />}
      actions={<PlanSteps origin={plan.origin} stage={isDone ? "done" : "review"} />}
      scroll={false}
    >
      <div className={classes.review} data-testid="review" data-state={plan.state}>
        <Result plan={plan} onShow={filter.showOutcome} />
        <OutcomeTabs
          plan={plan}
          current={filter.outcome}
          onShow={filter.showOutcome}
          controls={grid}
          canSort={plan.changedFields.length > 0}
          bySize={filter.bySize}
          onSort={filter.sortBySize}
        />
        {filter.outcome === "conflict" && (
          <DecisionBar plan={plan} search={filter.search} mark={filter.mark} />
        )}
        {plan.state === "ready" && (
          <Warnings
            warnings={plan.warnings}
            current={filter.mark}
            onShow={(mark) => filter.showMark(mark)}
          />
        )}
        {filter.outcome === "error" && (
          <ProblemGroups
            plan={plan}
            current={filter.mark}
            onShow={(mark) => filter.showMark(mark, "error")}
          />
        )}
        <ReviseBar plan={plan} filter={filter} />
        <div className={classes.records} ref={records}>
          <Split
            panel={
              filter.open !== null && (
                <RecordPanel
                  plan={plan}
                  number={filter.open}
                  onClose={() => filter.openRow(null)}
                />
              )
            }
            isPanelOpen={filter.open !== null}
          >
            <ReviewGrid plan={plan} filter={filter} id={grid} />
          </Split>
        </div>
        <ReviewFooter plan={plan} />
      </div>
    </Page>
  );
}

function Search({ plan, filter }: { plan: PlanSummary; filter: ReviewFilter }) {
  const [text, setText] = useState(filter.search);
  const input = useRef<HTMLInputElement>(null);
  const find = useDebouncedCallback(filter.find, 200);
  useShortcuts({ "/": () => input.current?.focus() });
  const searched = useSearched(plan);
  return (
    <TextInput
      ref={input}
      aria-label="Search the records"
      placeholder={`Search ${searched}`}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        find(event.currentTarget.value.trim());
      }}
      data-testid="plan-search"
    />
  );
}
