import type { GridSelection } from "../../components/grid";
import { SelectionBar } from "../records/SelectionBar";
import { PURGES_VARIANTS } from "./ProductMenu";

interface SelectedProductsProps {
  selection: GridSelection;
  inTrash: boolean;
}

/** What can be done with the selected products. */
export function SelectedProducts({ selection, inTrash }: SelectedProductsProps) {
  return (
    <SelectionBar
      area="products"
      selection={selection}
      inTrash={inTrash}
      purgesMore={PURGES_VARIANTS}
    />
  );
}
