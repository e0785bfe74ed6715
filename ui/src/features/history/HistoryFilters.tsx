import { Pill, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import type { ReactNode } from "react";

import type { HistoryEntry } from "../../bindings";
import { ChoiceFilter, FacetFilter, FilterBar, FilterButton } from "../../components/filters";
import type { FacetOption } from "../../components/filters";
import type { Pages } from "../../components/grid";
import { useKinds, useMay } from "../../host/state";
import { formatDate } from "../../lib/format";
import { kindPlural } from "../../lib/kinds";
import { ORIGIN_KEYS, ORIGINS, PRODUCT_ORIGINS } from "../../lib/origins";
import { presets } from "./days";
import { type HistoryView, narrowedParts } from "./filters";
import { useFieldOptions, usePersonOptions } from "./options";

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
  const people = usePersonOptions(view.person, entries);
  const fields = useFieldOptions(view.kind);
  const change = (parts: HistoryView) => show({ ...view, ...parts });
  const origins = maySeeAll ? ORIGIN_KEYS : PRODUCT_ORIGINS;
  return (
    <FilterBar
      active={narrowedParts(view).length}
      onClear={() => show({ q: view.q })}
      end={columns}
    >
      <One
        label="Person"
        options={people}
        value={view.person}
        onChange={(person) => change({ person })}
      />
      <TimeFilter from={view.from} to={view.to} onChange={change} />
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
      <One
        label="Field"
        options={fields}
        value={view.field}
        onChange={(field) => change({ field })}
      />
      <One
        label="Origin"
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

interface OneProps {
  label: string;
  options: FacetOption[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter of which one value is found by typing. */
function One({ label, options, value, onChange }: OneProps) {
  return (
    <FacetFilter
      label={label}
      find={`Find: ${label.toLowerCase()}`}
      options={options}
      value={value === undefined ? [] : [value]}
      onChange={([chosen]) => onChange(chosen)}
      isSingle
      testid={`history-${label.toLowerCase()}`}
    />
  );
}

interface TimeFilterProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (time: Pick<HistoryView, "from" | "to">) => void;
}

/** A filter of days: from one, or from one to another. */
function TimeFilter({ from, to, onChange }: TimeFilterProps) {
  const days = [from, to].map((day) => (day === undefined ? "" : formatDate(day)));
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <FilterButton
          label="Time"
          chosen={from === undefined ? undefined : days.filter(Boolean).join(" – ")}
          data-testid="history-time"
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter by time">
        <DatePicker
          type="range"
          value={[from ?? null, to ?? null]}
          onChange={([first, last]) =>
            onChange({ from: first ?? undefined, to: last ?? undefined })
          }
          presets={presets()}
          allowSingleDateInRange
          weekendDays={[]}
        />
      </Popover.Dropdown>
    </Popover>
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
