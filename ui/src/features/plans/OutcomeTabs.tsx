import { IconSortDescending } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";

import type { PlanSummary } from "../../bindings";
import { PART_TONES, sumText } from "../../components/BatchFacts";
import { OUTCOMES } from "../../components/OutcomeBadge";
import { formatCount, formatInteger } from "../../lib/format";
import { type OutcomeFilter, ofTheirs, outcomeTabs, readParts, rowsRead, shownBy } from "./counts";
import classes from "./OutcomeTabs.module.css";

interface OutcomeTabsProps {
  plan: PlanSummary;
  current: OutcomeFilter;
  onShow: (outcome: OutcomeFilter) => void;
  /** The id of what the tabs filter. */
  controls: string;
  /** Whether anything changes by which the records can be sorted. */
  canSort: boolean;
  /** Whether the largest changes come first. */
  bySize: boolean;
  onSort: (bySize: boolean) => void;
}

/** The outcomes as filters; their counts add up to what was read, and say so. */
export function OutcomeTabs(props: OutcomeTabsProps) {
  const { plan, current, onShow, controls, canSort, bySize, onSort } = props;
  const tabs = outcomeTabs(plan);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(({ key }) => key === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onShow(next.key);
    const list = event.currentTarget.parentElement;
    list?.querySelector<HTMLElement>(`[data-outcome="${next.key}"]`)?.focus();
  };
  return (
    <div className={classes.bar}>
      <div className={classes.tabs} role="tablist" aria-label="Outcomes">
        {tabs.map(({ key, label, count }) => (
          <button
            key={key}
            type="button"
            role="tab"
            className={classes.tab}
            aria-selected={key === current}
            aria-controls={controls}
            tabIndex={key === current ? 0 : -1}
            data-outcome={key}
            data-tone={key === "all" ? undefined : PART_TONES[key]}
            data-none={count === 0 || undefined}
            onClick={() => onShow(key)}
            onKeyDown={walk}
            data-testid={`plan-tab-${key}`}
          >
            <TabIcon outcome={key} />
            {label}{" "}
            <span className={classes.count} data-testid={`plan-count-${key}`}>
              {formatInteger(count)}
            </span>
          </button>
        ))}
      </div>
      {canSort && plan.counts.update > 1 && (
        <button
          type="button"
          className={classes.sort}
          aria-pressed={bySize}
          onClick={() => onSort(!bySize)}
          data-testid="plan-by-size"
        >
          <IconSortDescending size={14} />
          Largest changes first
        </button>
      )}
      <Total plan={plan} />
    </div>
  );
}

function TabIcon({ outcome }: { outcome: OutcomeFilter }) {
  const shown = shownBy(outcome).outcome;
  if (shown === null) return null;
  const { icon: Icon } = OUTCOMES[shown];
  return <Icon size={14} stroke={2} />;
}

/** What was read, and what becomes of it. */
function Total({ plan: { counts, sums, origin } }: { plan: PlanSummary }) {
  const { implied } = counts;
  const parts = sumText(readParts(sums));
  return (
    <p className={classes.sum} data-testid="plan-sum">
      {formatCount(rowsRead(counts), origin === "import" ? "row" : "record")}
      {parts !== "" && `: ${parts}`}
      {implied > 0 &&
        `, plus ${formatCount(implied, "parent product")} made from ${ofTheirs(implied)}`}
    </p>
  );
}
