import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { DataRecord, Value } from "../../bindings";
import { ChoiceFilter, FacetFilter, FilterBar, type FacetOption } from "../../components/filters";
import { ColumnsMenu, type GridLayout } from "../../components/grid";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useSeenArea } from "./areas";
import type { ReferenceRecordFilter, RecordFilter, RecordList } from "./list";
import { type FoundRecord, useFoundRecords } from "./useFoundRecords";
import { narrowedParts, shortKey, wholeList, withChoice, type RecordView } from "./view";

const TRASH = [{ value: true, label: "Trash" }];
/** So many records are offered at once; typing finds the others. */
const MOST_OFFERED = 100;

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
  const [words, setWords] = useState("");
  const { records, hasMore } = useFoundRecords(kind.key, { words, most: MOST_OFFERED });
  const one = useQuery({
    ...commandQuery(host, `${filter.area}.get`, { id: chosen ?? "" }),
    enabled: chosen !== null,
  });
  const others = records.filter(({ id }) => id !== chosen).map(optionOf);
  const first =
    one.data &&
    optionOf({
      id: one.data.id,
      code: textOf(one.data.fields, kind.code),
      title: textOf(one.data.fields, kind.title),
    });
  return (
    <FacetFilter
      label={filter.label}
      find={`Find a ${kind.label}`}
      // What is chosen stands first, whatever is typed: it may lie in the trash, or not be found by it.
      options={first === undefined ? others : [first, ...others]}
      onSearch={setWords}
      hasMore={hasMore}
      value={chosen === null ? [] : [chosen]}
      onChange={([id]) => onChoose(id)}
      isSingle
      testid={`filter-${shortKey(filter.field)}`}
    />
  );
}

function optionOf({ id, code, title }: FoundRecord): FacetOption {
  return { value: id, label: [code, title].filter(Boolean).join(" · ") };
}
