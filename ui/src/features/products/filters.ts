import type {
  Coverage,
  CustomFilter,
  FamilyFilter,
  Field,
  PriceRange,
  ProductFilter,
  SortField,
  StockFilter,
} from "../../bindings";
import { readCustom, writeCustom } from "./customFilters";
import { useMemo } from "react";

import { useFields } from "../../host/state";
import { isCustom } from "../../lib/values";
import { useListView } from "../records/useListView";

/** A list as the address has it: what it shows and how it is sorted. */
export interface ProductView {
  filter: ProductFilter;
  sort: SortField;
  /** A field of the workspace's own that it is sorted by instead. */
  sortBy?: Field | undefined;
  descending: boolean;
}

const SORTS: readonly SortField[] = [
  "name",
  "sku",
  "brand",
  "category",
  "barcode",
  "active",
  "stock",
  "rrp",
  "cost",
  "store_price",
  "promo_price",
  "coverage",
  "updated_at",
];
const STOCKS: readonly StockFilter[] = ["in_stock", "out_of_stock", "low"];
const COVERAGES: readonly Coverage[] = ["none", "one", "several", "preferred"];
const FAMILIES: readonly FamilyFilter[] = ["top_level", "variants"];

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | undefined {
  return allowed.find((each) => each === value);
}

/** One end of the range of prices, in 1/10000. */
function amountOf(params: URLSearchParams, end: "from" | "to"): PriceRange {
  const text = params.get(`price-${end}`);
  const units = Number(text);
  return text !== null && Number.isSafeInteger(units) ? { [end]: units } : {};
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
  const price = { ...amountOf(params, "from"), ...amountOf(params, "to") };
  if (Object.keys(price).length > 0) filter.price = price;
  if (coverage) filter.coverage = coverage;
  if (family) filter.family = family;
  const custom = readCustom(params);
  if (custom.length > 0) filter.custom = custom;
  if (params.get("trash") === "1") filter.trashed = true;
  const sort = params.get("sort");
  return {
    filter,
    sort: oneOf(sort, SORTS) ?? "name",
    ...(sort !== null && isCustom(sort) ? { sortBy: sort } : {}),
    descending: params.get("desc") === "1",
  };
}

/** Writes the view into the address; what is as usual is left out. */
export function writeView({ filter, sort, sortBy, descending }: ProductView): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.search) params.set("q", filter.search);
  for (const brand of filter.brands ?? []) params.append("brand", brand);
  for (const category of filter.categories ?? []) params.append("category", category);
  if (filter.active !== undefined) params.set("active", filter.active ? "1" : "0");
  if (filter.stock) params.set("stock", filter.stock);
  for (const [end, units] of Object.entries(filter.price ?? {})) {
    params.set(`price-${end}`, String(units));
  }
  if (filter.coverage) params.set("suppliers", filter.coverage);
  if (filter.family) params.set("family", filter.family);
  if (filter.trashed) params.set("trash", "1");
  writeCustom(params, filter.custom ?? []);
  if (sortBy !== undefined) params.set("sort", sortBy);
  else if (sort !== "name") params.set("sort", sort);
  if (descending) params.set("desc", "1");
  return params;
}

const CODEC = { read: readView, write: writeView };

/** The view of the list, which lives in the address. What it says of fields that are gone is left out. */
export function useProductView() {
  const { view, change } = useListView(CODEC);
  const { byKey } = useFields("product");
  const known = useMemo(() => {
    const isKnown = (field: Field) => byKey.get(field)?.filterable === true;
    const { sortBy, sort, ...rest } = view;
    return {
      ...rest,
      // What may not be seen is not sorted by, whatever the address says.
      sort: sort === "cost" && !byKey.has("cost") ? "name" : sort,
      filter: withPart(
        view.filter,
        "custom",
        view.filter.custom?.filter(({ field }) => isKnown(field)),
      ),
      ...(sortBy !== undefined && isKnown(sortBy) && byKey.get(sortBy)?.kind !== "choices"
        ? { sortBy }
        : {}),
    };
  }, [view, byKey]);
  return { view: known, change };
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

/** What narrows the list, the trash left out; each field of the workspace's own is a part. */
export function narrowedParts({ custom = [], ...filter }: ProductFilter): string[] {
  const parts = Object.keys(filter).filter((part) => part !== "trashed");
  return [...parts, ...custom.map(({ field }) => field)];
}

/** The filter with what it says of one field changed; `undefined` takes it out. */
export function withCustom(
  filter: ProductFilter,
  field: Field,
  part: CustomFilter | undefined,
): ProductFilter {
  const others = (filter.custom ?? []).filter((other) => other.field !== field);
  return withPart(filter, "custom", part === undefined ? others : [...others, part]);
}

/** Whether anything narrows the list, the trash left out. */
export function isNarrowed(filter: ProductFilter): boolean {
  return narrowedParts(filter).length > 0;
}

/** The filter with what was chosen taken out; the search and the trash stay. */
export function withoutChoices({ search, trashed }: ProductFilter): ProductFilter {
  return { ...(search ? { search } : {}), ...(trashed ? { trashed } : {}) };
}

/** What the list is sorted by when a column is pressed. */
export function sortOf(key: string): Pick<ProductView, "sort" | "sortBy"> {
  return isCustom(key)
    ? { sort: "name", sortBy: key }
    : { sort: oneOf(key, SORTS) ?? "name", sortBy: undefined };
}
