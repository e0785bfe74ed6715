import { memo, type ReactNode } from "react";

import type { GridColumn } from "./columns";
import classes from "./DataGrid.module.css";

/** The id of a cell in the page, which tells screen readers where the cursor is. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

interface GridRowProps<T> {
  gridId: string;
  index: number;
  row: T | undefined;
  label: string;
  columns: GridColumn<T>[];
  activeColumn: number;
  rangeFrom: number;
  rangeTo: number;
  isSelectable: boolean;
  isSelected: boolean;
  isOpen: boolean;
  onToggle: (index: number, extend: boolean) => void;
}

function Row<T>(props: GridRowProps<T>) {
  const { index, row, columns, gridId } = props;
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelectable ? props.isSelected : undefined}
      data-selected={props.isSelected || undefined}
      data-open={props.isOpen || undefined}
      data-odd={index % 2 === 1 || undefined}
      data-row={index}
      data-testid={row === undefined ? undefined : "grid-row"}
    >
      {props.isSelectable && (
        <div className={classes.check} role="gridcell">
          {row !== undefined && (
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`Select ${props.label}`}
              checked={props.isSelected}
              onClick={(event) => props.onToggle(index, event.shiftKey)}
              readOnly
            />
          )}
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.key}
          id={cellId(gridId, index, at)}
          className={classes.cell}
          role="gridcell"
          aria-colindex={at + 1}
          data-column={at}
          data-key={column.key}
          data-align={column.align}
          data-active={at === props.activeColumn || undefined}
          data-range={(at >= props.rangeFrom && at <= props.rangeTo) || undefined}
        >
          {row === undefined ? <Skeleton seed={index + at} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Stands where a cell's text will be; as long as a text might be. */
function Skeleton({ seed }: { seed: number }): ReactNode {
  return <span className={classes.skeleton} data-length={seed % 4} />;
}

/** A row of a grid. It draws itself anew only when something about it changed. */
export const GridRow = memo(Row);
