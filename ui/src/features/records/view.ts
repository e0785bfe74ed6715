import type { Field, FieldFilter, ListRecords, RecordId, Value } from "../../bindings";
import type { Narrowing } from "../exports/ExportDialog";
import type { RecordFilter, RecordList } from "./list";

/** A list as the address has it: what it shows and how it is sorted. */
export interface RecordView {
  search: string;
  trashed: boolean;
  /** The record that must be named by a field. */
  of: { field: Field; id: RecordId } | null;
  /** The chosen values, by field. */
  chosen: Readonly<Record<Field, Value>>;
  /** A field, or the time of the last change; null for the code. */
  sort: string | null;
  descending: boolean;
}

/** What a field is called in the address: its key without its kind. */
export function shortKey(field: Field): string {
  return field.slice(field.indexOf(".") + 1);
}

/** Reads and writes the view of a list in the address. */
export function viewCodec(list: RecordList, sorts: readonly string[]) {
  return {
    read: (params: URLSearchParams): RecordView => readView(params, list.filters, sorts),
    write: (view: RecordView) => writeView(view, list.filters),
  };
}

function readView(
  params: URLSearchParams,
  filters: readonly RecordFilter[],
  sorts: readonly string[],
): RecordView {
  const chosen: Record<Field, Value> = {};
  let of: RecordView["of"] = null;
  for (const filter of filters) {
    const text = params.get(shortKey(filter.field));
    if (text === null) continue;
    if (filter.type === "reference") of = { field: filter.field, id: text };
    else {
      const choice = filter.choices.find(({ value }) => String(value) === text);
      if (choice) chosen[filter.field] = choice.value;
    }
  }
  const sort = params.get("sort");
  return {
    search: params.get("q")?.trim() ?? "",
    trashed: params.get("trash") === "1",
    of,
    chosen,
    sort: sorts.find((each) => shortKey(each) === sort) ?? null,
    descending: params.get("desc") === "1",
  };
}

function writeView(view: RecordView, filters: readonly RecordFilter[]): URLSearchParams {
  const params = new URLSearchParams();
  if (view.search) params.set("q", view.search);
  for (const { field } of filters) {
    const value = view.of?.field === field ? view.of.id : view.chosen[field];
    if (value !== undefined) params.set(shortKey(field), String(value));
  }
  if (view.trashed) params.set("trash", "1");
  if (view.sort !== null) params.set("sort", shortKey(view.sort));
  if (view.descending) params.set("desc", "1");
  return params;
}

/** The view with one filter changed; `undefined` takes it out. */
export function withChoice(
  view: RecordView,
  filter: RecordFilter,
  value: Value | undefined,
): RecordView {
  if (filter.type === "reference") {
    return { ...view, of: typeof value === "string" ? { field: filter.field, id: value } : null };
  }
  const { [filter.field]: _, ...chosen } = view.chosen;
  return { ...view, chosen: value === undefined ? chosen : { ...chosen, [filter.field]: value } };
}

/** How many filters narrow the list; the search and the trash are none. */
export function narrowedParts({ of, chosen }: RecordView): number {
  return Object.keys(chosen).length + (of === null ? 0 : 1);
}

/** The view without filters and search; the trash stays the trash. */
export function wholeList(view: RecordView): RecordView {
  return { ...view, search: "", of: null, chosen: {} };
}

/** What narrows a list, as an export is told it; null for the whole list. */
export function narrowingOf(view: RecordView): Narrowing | null {
  const { search, trashed, of } = view;
  if (search === "" && !trashed && narrowedParts(view) === 0) return null;
  return { filter: trashed ? { trashed } : {}, search, of, filters: filtersOf(view) };
}

function filtersOf({ chosen }: RecordView): FieldFilter[] {
  return Object.entries(chosen).map(([field, value]) => ({ field, any: [value] }));
}

/** The page of a list that the core is asked for. */
export function listRequest(view: RecordView, offset: number, limit: number): ListRecords {
  return {
    search: view.search,
    trashed: view.trashed,
    of: view.of,
    filters: filtersOf(view),
    sort: view.sort,
    descending: view.descending,
    offset,
    limit,
  };
}
