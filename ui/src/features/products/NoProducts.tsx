import { Button } from "@mantine/core";
import { IconPackage, IconSearchOff, IconTrash } from "@tabler/icons-react";

import type { ProductFilter } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { isNarrowed } from "./filters";
import { FirstSteps } from "./FirstSteps";

interface NoProductsProps {
  filter: ProductFilter;
  /** Whether the workspace has no product at all. */
  isEmpty: boolean;
  onShowAll: (filter: ProductFilter) => void;
}

/** Why the list is empty, and what to do about it. */
export function NoProducts({ filter, isEmpty, onShowAll }: NoProductsProps) {
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon={<IconSearchOff size={22} />}
        title="Nothing matches"
        actions={
          <Button
            variant="default"
            onClick={() => onShowAll(filter.trashed ? { trashed: true } : {})}
          >
            {filter.trashed ? "Show the whole trash" : "Show all products"}
          </Button>
        }
      >
        {filter.search
          ? `No product with "${filter.search}" in its name, brand, SKU or barcode passes the filters.`
          : "No product passes these filters."}
      </EmptyState>
    );
  }
  if (filter.trashed) {
    return (
      <EmptyState
        icon={<IconTrash size={22} />}
        title="The trash is empty"
        actions={
          <Button variant="default" onClick={() => onShowAll({})}>
            Go to the catalogue
          </Button>
        }
      >
        What is moved to the trash stays here and can be restored.
      </EmptyState>
    );
  }
  if (isEmpty) return <FirstSteps />;
  return (
    <EmptyState
      icon={<IconPackage size={22} />}
      title="Every product is in the trash"
      actions={
        <Button variant="default" onClick={() => onShowAll({ trashed: true })}>
          Open the trash
        </Button>
      }
    />
  );
}
