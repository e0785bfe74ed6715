import { Button, Pill, Select } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconCalendar, IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Entity, HistoryEntry } from "../../bindings";
import type { Pages } from "../../components/grid";
import { useMay } from "../../host/state";
import { ORIGIN_KEYS, ORIGINS, PRODUCT_ORIGINS } from "../../lib/origins";
import { presets } from "./days";
import { ENTITIES } from "./entities";
import classes from "./FilterBar.module.css";
import { type HistoryView, isNarrowed } from "./filters";
import { useFieldOptions, usePersonOptions } from "./options";

const KINDS: readonly Entity[] = ["product", "user", "role", "workspace"];

interface FilterBarProps {
  view: HistoryView;
  show: (view: HistoryView) => void;
  entries: Pages<HistoryEntry>;
  columns: ReactNode;
}

/** What narrows the history: person, time, origin, kind of record, field. */
export function FilterBar({ view, show, entries, columns }: FilterBarProps) {
  const maySeeAll = useMay("view_history");
  const people = usePersonOptions(view.person, entries);
  const fields = useFieldOptions(view.entity);
  const change = (parts: HistoryView) => show({ ...view, ...parts });
  const origins = maySeeAll ? ORIGIN_KEYS : PRODUCT_ORIGINS;
  return (
    <div
      className={classes.bar}
      role="group"
      aria-label="Filters"
      data-more={isNarrowed(view) || undefined}
    >
      <Part
        label="Person"
        placeholder="Person"
        data={people}
        value={view.person}
        onChange={(person) => change({ person })}
      />
      <DatePickerInput
        type="range"
        aria-label="Time"
        placeholder="Time"
        className={classes.time}
        value={[view.from ?? null, view.to ?? null]}
        onChange={([from, to]) => change({ from: from ?? undefined, to: to ?? undefined })}
        presets={presets()}
        leftSection={<IconCalendar size={14} />}
        clearable
        clearButtonProps={{ "aria-label": "Any time" }}
        allowSingleDateInRange
        valueFormat="D MMM YYYY"
        weekendDays={[]}
        data-testid="history-time"
      />
      {maySeeAll && (
        <Part
          label="Kind of record"
          placeholder="Record"
          data={KINDS.map((key) => ({ value: key, label: ENTITIES[key].many }))}
          value={view.entity}
          onChange={(key) =>
            change({ entity: KINDS.find((each) => each === key), field: undefined })
          }
        />
      )}
      <Part
        label="Field"
        placeholder="Field"
        data={fields}
        value={view.field}
        onChange={(field) => change({ field })}
      />
      <Part
        label="Origin"
        placeholder="Origin"
        data={origins.map((key) => ({ value: key, label: ORIGINS[key].label }))}
        value={view.origin}
        onChange={(key) => change({ origin: ORIGIN_KEYS.find((each) => each === key) })}
      />
      {view.id !== undefined && (
        <Only label="One record" onRemove={() => change({ id: undefined })} />
      )}
      {view.batch !== undefined && (
        <Only label="One batch" onRemove={() => change({ batch: undefined })} />
      )}
      {isNarrowed(view) && (
        <Button
          variant="subtle"
          leftSection={<IconFilterOff size={16} />}
          onClick={() => show({})}
          data-testid="clear-filters"
        >
          Clear
        </Button>
      )}
      <span className={classes.gap} />
      {columns}
    </div>
  );
}

interface PartProps {
  label: string;
  placeholder: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Part({ label, placeholder, data, value, onChange }: PartProps) {
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      className={classes.part}
      data={data}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
      nothingFoundMessage="Nothing has this name."
      comboboxProps={{ width: 220, position: "bottom-start" }}
      maxDropdownHeight={320}
      data-testid={`history-${label.toLowerCase().split(" ")[0] ?? ""}`}
    />
  );
}

function Only({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ "aria-label": `Not only ${label.toLowerCase()}`, tabIndex: 0 }}
      className={classes.only ?? ""}
    >
      {label}
    </Pill>
  );
}
