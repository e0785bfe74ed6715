import { keepPreviousData, useQuery } from "@tanstack/react-query";

import type { DataRecord, Value } from "../../bindings";
import { ChoiceFilter, FacetFilter, FilterBar, type FacetOption } from "../../components/filters";
import { ColumnsMenu, type GridLayout } from "../../components/grid";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useSeenArea } from "./areas";
import type { ReferenceRecordFilter, RecordFilter, RecordList } from "./list";
import { narrowedParts, shortKey, wholeList, withChoice, type RecordView } from "./view";

const TRASH = [{ value: true, label: "Trash" }];
/** So many records can be chosen from at once. */
const MOST_OFFERED = 500;

interface RecordFiltersProps {
  list: RecordList;
  layout: GridLayout<DataRecord>;
  view: RecordView;
  onChange: (view: RecordView) => void;
}

/** What narrows a list of records. */
export function RecordFilters({ list, layout, view, onChange }: RecordFiltersProps) {
  return (
    <FilterBar
      active={narrowedParts(view)}
      onClear={() => onChange({ ...wholeList(view), search: view.search })}
      end={<ColumnsMenu layout={layout} />}
    >
      <ChoiceFilter
        label="View"
        all="All"
        saysAll
        choices={TRASH}
        value={view.trashed || undefined}
        onChange={(trashed) => onChange({ ...view, trashed: trashed ?? false })}
        testid="filter-view"
      />
      {list.filters.map((filter) => (
        <OneFilter
          key={filter.field}
          filter={filter}
          view={view}
          onChoose={(value) => onChange(withChoice(view, filter, value))}
        />
      ))}
    </FilterBar>
  );
}

interface OneFilterProps<F> {
  filter: F;
  view: RecordView;
  onChoose: (value: Value | undefined) => void;
}

function OneFilter({ filter, view, onChoose }: OneFilterProps<RecordFilter>) {
  if (filter.type === "reference") {
    return <ReferenceFilter filter={filter} view={view} onChoose={onChoose} />;
  }
  return (
    <ChoiceFilter
      label={filter.label}
      all="All"
      choices={filter.choices}
      value={view.chosen[filter.field]}
      onChange={onChoose}
      testid={`filter-${shortKey(filter.field)}`}
    />
  );
}

/** Narrows a list to those that name one record. */
function ReferenceFilter({ filter, view, onChoose }: OneFilterProps<ReferenceRecordFilter>) {
  const { kind } = useSeenArea(filter.area);
  const host = useHost();
  const chosen = view.of?.field === filter.field ? view.of.id : null;
  const all = useQuery({
    ...commandQuery(host, `${filter.area}.list`, {
      trashed: false,
      descending: false,
      offset: 0,
      limit: MOST_OFFERED,
    }),
    placeholderData: keepPreviousData,
  });
  const one = useQuery({
    ...commandQuery(host, `${filter.area}.get`, { id: chosen ?? "" }),
    enabled: chosen !== null,
  });
  const option = ({ id, fields }: DataRecord): FacetOption => ({
    value: id,
    label: [textOf(fields, kind.code), textOf(fields, kind.title)].filter(Boolean).join(" · "),
  });
  const offered = all.data?.rows ?? [];
  // One that lies in the trash, or comes after those that are offered, can be chosen by a link.
  const isOffered = one.data === undefined || offered.some(({ id }) => id === one.data.id);
  return (
    <FacetFilter
      label={filter.label}
      find={`Find a ${kind.label}`}
      options={(isOffered ? offered : [one.data, ...offered]).map(option)}
      value={chosen === null ? [] : [chosen]}
      onChange={([id]) => onChoose(id)}
      isSingle
      testid={`filter-${shortKey(filter.field)}`}
    />
  );
}
