import type { ProductFilter } from "../../bindings";
import type { GridSelection } from "../../components/grid";
import { SelectionBar } from "../records/SelectionBar";
import { PURGES_VARIANTS } from "./ProductMenu";
import { MoveSelected } from "./variants/MoveSelected";

interface SelectedProductsProps {
  selection: GridSelection;
  /** What the list shows. */
  filter: ProductFilter;
  /** Whether it is known how many those are. */
  isExact: boolean;
}

/** What can be done with the selected products. */
export function SelectedProducts({ selection, filter, isExact }: SelectedProductsProps) {
  const inTrash = filter.trashed ?? false;
  return (
    <SelectionBar
      area="products"
      selection={selection}
      inTrash={inTrash}
      narrowing={{ filter }}
      isExact={isExact}
      purgesMore={PURGES_VARIANTS}
    >
      {!inTrash && selection.every === null && <MoveSelected selection={selection} />}
    </SelectionBar>
  );
}
