import type { Coverage, FamilyFilter, ProductFilter, SortField, StockFilter } from "../../bindings";
import { useListView } from "../records/useListView";

/** A list as the address has it: what it shows and how it is sorted. */
export interface ProductView {
  filter: ProductFilter;
  sort: SortField;
  descending: boolean;
}

const SORTS: readonly SortField[] = ["name", "sku", "brand", "stock", "store_price", "updated_at"];
const STOCKS: readonly StockFilter[] = ["in_stock", "out_of_stock", "low"];
const COVERAGES: readonly Coverage[] = ["none", "one", "several", "preferred"];
const FAMILIES: readonly FamilyFilter[] = ["top_level", "variants"];

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | undefined {
  return allowed.find((each) => each === value);
}

/** Reads the view from the address. Whatever it does not understand is left out. */
export function readView(params: URLSearchParams): ProductView {
  const filter: ProductFilter = {};
  const search = params.get("q")?.trim();
  const brands = params.getAll("brand");
  const categories = params.getAll("category");
  const active = params.get("active");
  const stock = oneOf(params.get("stock"), STOCKS);
  const coverage = oneOf(params.get("suppliers"), COVERAGES);
  const family = oneOf(params.get("family"), FAMILIES);
  if (search) filter.search = search;
  if (brands.length > 0) filter.brands = brands;
  if (categories.length > 0) filter.categories = categories;
  if (active === "1" || active === "0") filter.active = active === "1";
  if (stock) filter.stock = stock;
  if (coverage) filter.coverage = coverage;
  if (family) filter.family = family;
  if (params.get("trash") === "1") filter.trashed = true;
  return {
    filter,
    sort: oneOf(params.get("sort"), SORTS) ?? "name",
    descending: params.get("desc") === "1",
  };
}

/** Writes the view into the address; what is as usual is left out. */
export function writeView({ filter, sort, descending }: ProductView): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.search) params.set("q", filter.search);
  for (const brand of filter.brands ?? []) params.append("brand", brand);
  for (const category of filter.categories ?? []) params.append("category", category);
  if (filter.active !== undefined) params.set("active", filter.active ? "1" : "0");
  if (filter.stock) params.set("stock", filter.stock);
  if (filter.coverage) params.set("suppliers", filter.coverage);
  if (filter.family) params.set("family", filter.family);
  if (filter.trashed) params.set("trash", "1");
  if (sort !== "name") params.set("sort", sort);
  if (descending) params.set("desc", "1");
  return params;
}

const CODEC = { read: readView, write: writeView };

/** The view of the list, which lives in the address. */
export function useProductView() {
  return useListView(CODEC);
}

/** The filter with one part changed; `undefined` takes the part out. */
export function withPart<K extends keyof ProductFilter>(
  filter: ProductFilter,
  key: K,
  value: ProductFilter[K] | undefined,
): ProductFilter {
  const { [key]: _, ...rest } = filter;
  const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
  return isNothing ? rest : { ...rest, [key]: value };
}

/** What narrows the list, the trash left out. */
export function narrowedParts(filter: ProductFilter): string[] {
  return Object.keys(filter).filter((part) => part !== "trashed");
}

/** Whether anything narrows the list, the trash left out. */
export function isNarrowed(filter: ProductFilter): boolean {
  return narrowedParts(filter).length > 0;
}

/** The filter with what was chosen taken out; the search and the trash stay. */
export function withoutChoices({ search, trashed }: ProductFilter): ProductFilter {
  return { ...(search ? { search } : {}), ...(trashed ? { trashed } : {}) };
}

/** A column's sort as the core knows it; the name for anything else. */
export function toSortField(key: string): SortField {
  return oneOf(key, SORTS) ?? "name";
}
