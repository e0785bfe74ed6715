import { useQuery } from "@tanstack/react-query";

import type { ProductFilter, ProductRow } from "../../bindings";
import { ChoiceFilter, FacetFilter, FilterBar } from "../../components/filters";
import { ColumnsMenu, type GridLayout } from "../../components/grid";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { COVERAGES } from "../purchasing/CoverageBadge";
import { useHasSuppliers } from "../purchasing/useHasSuppliers";
import { CustomFilters, PriceFilter } from "./CustomFilters";
import { narrowedParts, withoutChoices, withPart } from "./filters";

const ACTIVE = [
  { value: true, label: "Active" },
  { value: false, label: "Inactive" },
];
const STOCK: Choice<"stock">[] = [
  { value: "in_stock", label: "In stock" },
  { value: "low", label: "Low: 1 to 5" },
  { value: "out_of_stock", label: "Out of stock" },
];
const FAMILY: Choice<"family">[] = [
  { value: "top_level", label: "hidden" },
  { value: "variants", label: "only" },
];
const SUPPLIERS: Choice<"coverage">[] = (["none", "one", "several", "preferred"] as const).map(
  (value) => ({ value, label: COVERAGES[value].label }),
);
const TRASH = [{ value: true, label: "Trash" }];

interface Choice<K extends keyof ProductFilter> {
  value: NonNullable<ProductFilter[K]>;
  label: string;
}

interface FilterProps {
  filter: ProductFilter;
  onChange: (filter: ProductFilter) => void;
}

interface ProductFiltersProps extends FilterProps {
  layout: GridLayout<ProductRow>;
}

/** What narrows the catalogue. */
export function ProductFilters({ layout, ...props }: ProductFiltersProps) {
  const { filter, onChange } = props;
  const hasSuppliers = useHasSuppliers();
  return (
    <FilterBar
      active={narrowedParts(filter).filter((part) => part !== "search").length}
      onClear={() => onChange(withoutChoices(filter))}
      end={<ColumnsMenu layout={layout} />}
    >
      <PartChoice part="trashed" label="View" all="Catalogue" saysAll choices={TRASH} {...props} />
      <PartFacet part="brands" label="Brand" none="No brand" {...props} />
      <PartFacet part="categories" label="Category" none="No category" {...props} />
      <PartChoice part="active" label="Active" choices={ACTIVE} {...props} />
      <PartChoice part="stock" label="Stock" choices={STOCK} {...props} />
      <PriceFilter {...props} />
      {hasSuppliers && (
        <PartChoice part="coverage" label="Suppliers" choices={SUPPLIERS} {...props} />
      )}
      <PartChoice part="family" label="Variants" all="shown" choices={FAMILY} {...props} />
      <CustomFilters {...props} />
    </FilterBar>
  );
}

interface PartChoiceProps<K extends keyof ProductFilter> extends FilterProps {
  part: K;
  label: string;
  all?: string;
  saysAll?: boolean;
  choices: Choice<K>[];
}

/** The filter of one part of which one value is chosen. */
function PartChoice<K extends keyof ProductFilter>(props: PartChoiceProps<K>) {
  const { part, filter, onChange, label, choices, all = "All", saysAll = false } = props;
  return (
    <ChoiceFilter
      label={label}
      all={all}
      saysAll={saysAll}
      choices={choices}
      value={filter[part]}
      onChange={(value) => onChange(withPart(filter, part, value))}
      testid={`filter-${label.toLowerCase()}`}
    />
  );
}

interface PartFacetProps extends FilterProps {
  part: "brands" | "categories";
  label: string;
  none: string;
}

/** The filter of one part of which any number of values is chosen. */
function PartFacet({ part, filter, onChange, label, none }: PartFacetProps) {
  const { data: facets } = useQuery(commandQuery(useHost(), "products.facets", {}));
  return (
    <FacetFilter
      label={label}
      find={`Find a ${label.toLowerCase()}`}
      options={(facets?.[part] ?? []).map(({ value, count }) => ({
        value,
        label: value === "" ? none : value,
        count,
      }))}
      value={filter[part] ?? []}
      onChange={(value) => onChange(withPart(filter, part, value))}
      testid={`filter-${label.toLowerCase()}`}
    />
  );
}
