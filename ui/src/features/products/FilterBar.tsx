import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { ProductFilter, ProductRow } from "../../bindings";
import { ColumnsMenu, type GridLayout } from "../../components/grid";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { ChoiceFilter } from "./ChoiceFilter";
import { FacetFilter } from "./FacetFilter";
import { isNarrowed, withPart } from "./filters";
import classes from "./Products.module.css";

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
  { value: "top_level", label: "No variants" },
  { value: "variants", label: "Only variants" },
];
const TRASH = [{ value: true, label: "Trash" }];

interface Choice<K extends keyof ProductFilter> {
  value: NonNullable<ProductFilter[K]>;
  label: string;
}

interface FilterProps {
  filter: ProductFilter;
  onChange: (filter: ProductFilter) => void;
}

interface FilterBarProps extends FilterProps {
  layout: GridLayout<ProductRow>;
}

/** What narrows the list; each filter is a menu. */
export function FilterBar({ layout, ...props }: FilterBarProps) {
  const { filter, onChange } = props;
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <PartChoice part="trashed" label="View" all="Catalogue" choices={TRASH} {...props} />
      <PartFacet part="brands" label="Brand" none="No brand" {...props} />
      <PartFacet part="categories" label="Category" none="No category" {...props} />
      <PartChoice part="active" label="Active" choices={ACTIVE} {...props} />
      <PartChoice part="stock" label="Stock" choices={STOCK} {...props} />
      <PartChoice part="family" label="Family" choices={FAMILY} {...props} />
      {isNarrowed(filter) && (
        <Button
          variant="subtle"
          leftSection={<IconFilterOff size={16} />}
          onClick={() => onChange(filter.trashed ? { trashed: true } : {})}
          title="Clear the filters"
          className={classes.clear ?? ""}
          data-testid="clear-filters"
        >
          <span className={classes.clearLabel}>Clear</span>
        </Button>
      )}
      <span className={classes.gap} />
      <ColumnsMenu layout={layout} />
    </div>
  );
}

interface PartChoiceProps<K extends keyof ProductFilter> extends FilterProps {
  part: K;
  label: string;
  all?: string;
  choices: Choice<K>[];
}

/** The filter of one part of which one value is chosen. */
function PartChoice<K extends keyof ProductFilter>(props: PartChoiceProps<K>) {
  const { part, filter, onChange, label, choices, all = "All" } = props;
  return (
    <ChoiceFilter
      label={label}
      all={all}
      choices={choices}
      value={filter[part]}
      onChange={(value) => onChange(withPart(filter, part, value))}
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
      none={none}
      facets={facets?.[part]}
      value={filter[part] ?? []}
      onChange={(value) => onChange(withPart(filter, part, value))}
    />
  );
}
