import type { ReactNode } from "react";

import type { Batch } from "../../bindings";
import {
  ChoiceFilter,
  FilterBar,
  OneFilter,
  TimeFilter,
  usePersonOptions,
} from "../../components/filters";
import type { Pages } from "../../components/grid";
import { ORIGINS } from "../../lib/origins";
import { type BatchView, cleared, narrowed, originsIn, STANDINGS } from "./filters";

interface BatchFiltersProps {
  view: BatchView;
  show: (view: BatchView) => void;
  batches: Pages<Batch>;
  columns: ReactNode;
}

/** What narrows the list of batches: what they are, how they stand, who made them, and when. */
export function BatchFilters({ view, show, batches, columns }: BatchFiltersProps) {
  const people = usePersonOptions(view.person, batches.rowAt);
  const change = (parts: Partial<BatchView>) => show({ ...view, ...parts });
  return (
    <FilterBar active={narrowed(view)} onClear={() => show(cleared(view))} end={columns}>
      <OneFilter
        label="Origin"
        options={originsIn(view.list).map((key) => ({ value: key, label: ORIGINS[key] }))}
        value={view.origin}
        onChange={(chosen) =>
          change({ origin: originsIn(view.list).find((key) => key === chosen) })
        }
        testid="batches-origin"
      />
      <ChoiceFilter
        label="State"
        all="Any state"
        choices={STANDINGS}
        value={view.standing}
        onChange={(standing) => change({ standing })}
        testid="batches-state"
      />
      <OneFilter
        label="Person"
        options={people}
        value={view.person}
        onChange={(person) => change({ person })}
        testid="batches-person"
      />
      <TimeFilter from={view.from} to={view.to} onChange={change} testid="batches-time" />
    </FilterBar>
  );
}
