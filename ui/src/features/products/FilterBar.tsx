import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { FamilyFilter, ProductFilter, ProductRow, StockFilter } from "../../bindings";
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
const STOCK: { value: StockFilter; label: string }[] = [
  { value: "in_stock", label: "In stock" },
  { value: "low", label: "Low: 1 to 5" },
  { value: "out_of_stock", label: "Out of stock" },
];
const FAMILY: { value: FamilyFilter; label: string }[] = [
  { value: "top_level", label: "No variants" },
  { value: "variants", label: "Only variants" },
];
const TRASH = [{ value: true, label: "Trash" }];

interface FilterBarProps {
  filter: ProductFilter;
  layout: GridLayout<ProductRow>;
  onChange: (filter: ProductFilter) => void;
}

/** What narrows the list; each filter is a menu. */
export function FilterBar({ filter, layout, onChange }: FilterBarProps) {
  const { data: facets } = useQuery(commandQuery(useHost(), "products.facets", {}));
  const part = <K extends keyof ProductFilter>(key: K, value: ProductFilter[K] | undefined) =>
    onChange(withPart(filter, key, value));
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <ChoiceFilter
        label="View"
        all="Catalogue"
        choices={TRASH}
        value={filter.trashed}
        onChange={(value) => part("trashed", value)}
      />
      <FacetFilter
        label="Brand"
        none="No brand"
        facets={facets?.brands}
        value={filter.brands ?? []}
        onChange={(value) => part("brands", value)}
      />
      <FacetFilter
        label="Category"
        none="No category"
        facets={facets?.categories}
        value={filter.categories ?? []}
        onChange={(value) => part("categories", value)}
      />
      <ChoiceFilter
        label="Active"
        all="All"
        choices={ACTIVE}
        value={filter.active}
        onChange={(value) => part("active", value)}
      />
      <ChoiceFilter
        label="Stock"
        all="All"
        choices={STOCK}
        value={filter.stock}
        onChange={(value) => part("stock", value)}
      />
      <ChoiceFilter
        label="Family"
        all="All"
        choices={FAMILY}
        value={filter.family}
        onChange={(value) => part("family", value)}
      />
      {isNarrowed(filter) && (
        <Button
          variant="subtle"
          leftSection={<IconFilterOff size={16} />}
          onClick={() => onChange(filter.trashed ? { trashed: true } : {})}
          data-testid="clear-filters"
        >
          Clear
        </Button>
      )}
      <span className={classes.gap} />
      <ColumnsMenu layout={layout} />
    </div>
  );
}
