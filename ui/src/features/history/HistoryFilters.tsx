import { Pill } from "@mantine/core";
import type { ReactNode } from "react";

import type { HistoryEntry } from "../../bindings";
import {
  ChoiceFilter,
  FilterBar,
  OneFilter,
  TimeFilter,
  usePersonOptions,
} from "../../components/filters";
import type { Pages } from "../../components/grid";
import { useKinds, useMay } from "../../host/state";
import { kindPlural } from "../../lib/kinds";
import { ORIGIN_KEYS, ORIGINS, PRODUCT_ORIGINS } from "../../lib/origins";
import { type HistoryView, narrowedParts } from "./filters";
import { useFieldOptions } from "./options";

interface HistoryFiltersProps {
  view: HistoryView;
  show: (view: HistoryView) => void;
  entries: Pages<HistoryEntry>;
  columns: ReactNode;
}

/** What narrows the history: person, time, kind of record, field, origin. */
export function HistoryFilters({ view, show, entries, columns }: HistoryFiltersProps) {
  const maySeeAll = useMay("view_history");
  const kinds = useKinds();
  const people = usePersonOptions(view.person, entries.rowAt);
  const fields = useFieldOptions(view.kind);
  const change = (parts: HistoryView) => show({ ...view, ...parts });
  const origins = maySeeAll ? ORIGIN_KEYS : PRODUCT_ORIGINS;
  return (
    <FilterBar
      active={narrowedParts(view).length}
      onClear={() => show({ q: view.q })}
      end={columns}
    >
      <OneFilter
        label="Person"
        testid="history-person"
        options={people}
        value={view.person}
        onChange={(person) => change({ person })}
      />
      <TimeFilter from={view.from} to={view.to} onChange={change} testid="history-time" />
      {maySeeAll && (
        <ChoiceFilter
          label="Record"
          all="All kinds"
          choices={kinds.map((kind) => ({ value: kind.key, label: kindPlural(kind) }))}
          value={view.kind}
          onChange={(kind) => change({ kind, field: undefined })}
          testid="history-kind"
        />
      )}
      <OneFilter
        label="Field"
        testid="history-field"
        options={fields}
        value={view.field}
        onChange={(field) => change({ field })}
      />
      <OneFilter
        label="Origin"
        testid="history-origin"
        options={origins.map((key) => ({ value: key, label: ORIGINS[key] }))}
        value={view.origin}
        onChange={(key) => change({ origin: ORIGIN_KEYS.find((each) => each === key) })}
      />
      {view.id !== undefined && (
        <Only label="One record" onRemove={() => change({ id: undefined })} />
      )}
      {view.batch !== undefined && (
        <Only label="One batch" onRemove={() => change({ batch: undefined })} />
      )}
    </FilterBar>
  );
}

function Only({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ "aria-label": `Not only ${label.toLowerCase()}`, tabIndex: 0 }}
      c="var(--accent-text)"
      bg="var(--accent-soft)"
    >
      {label}
    </Pill>
  );
}
