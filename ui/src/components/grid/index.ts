export { ColumnsMenu } from "./ColumnsMenu";
export { type GridColumn, type GridLayout, useGridLayout } from "./columns";
export { DataGrid, type DataGridProps } from "./DataGrid";
export type { GridSort } from "./GridHeader";
export { countSelected, type GridSelection, useGridSelection } from "./selection";
export { useLocalPages } from "./useLocalPages";
export { PAGE_ROWS, type Pages, usePages } from "./usePages";
