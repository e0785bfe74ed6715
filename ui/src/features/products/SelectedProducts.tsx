import type { GridSelection } from "../../components/grid";
import { useMay } from "../../host/state";
import { ExportButton } from "../exports/ExportButton";
import { SelectionBar } from "../records/SelectionBar";
import { PURGES_VARIANTS } from "./ProductMenu";

interface SelectedProductsProps {
  selection: GridSelection;
  inTrash: boolean;
}

/** What can be done with the selected products. */
export function SelectedProducts({ selection, inTrash }: SelectedProductsProps) {
  const mayExport = useMay("export");
  const ids = Array.from(selection.selected);
  return (
    <SelectionBar
      area="products"
      selection={selection}
      inTrash={inTrash}
      purgesMore={PURGES_VARIANTS}
    >
      {mayExport && <ExportButton scope={{ ids }} testid="export-selected" />}
    </SelectionBar>
  );
}
