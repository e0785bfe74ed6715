import { memo, type CSSProperties, type ReactNode } from "react";

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
  isUnderParent: boolean;
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
  const spanning = row === undefined ? -1 : columns.findIndex((each) => isAcross(each, row));
  const drawn = spanning < 0 ? columns : columns.slice(0, spanning + 1);
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
              className="tick"
              tabIndex={-1}
              aria-label={`Select ${props.label}`}
              checked={props.isSelected}
              onClick={(event) => props.onToggle(index, event.shiftKey)}
              readOnly
            />
          )}
        </div>
      )}
      {drawn.map((column, at) => (
        <div
          key={column.key}
          id={cellId(gridId, index, at)}
          className={classes.cell}
          role="gridcell"
          aria-colindex={at + 1}
          data-column={at}
          data-key={column.key}
          data-align={column.align}
          data-active={isActive(at, props.activeColumn, spanning) || undefined}
          data-pinned={column.pinned}
          style={placeOf(column, at, at === spanning, props.isSelectable)}
          data-range={(at >= props.rangeFrom && at <= props.rangeTo) || undefined}
        >
          <CellContent
            column={column}
            row={row}
            isUnderParent={props.isUnderParent}
            seed={index + at}
            isAcross={at === spanning}
          />
        </div>
      ))}
    </div>
  );
}

function isAcross<T>(column: GridColumn<T>, row: T): boolean {
  const across = column.across?.(row);
  return across !== undefined && across !== null;
}

/** Where a cell stands when it is not simply the next one. */
function placeOf<T>(
  column: GridColumn<T>,
  at: number,
  isSpanning: boolean,
  isSelectable: boolean,
): CSSProperties | undefined {
  if (isSpanning) return { gridColumn: `${at + (isSelectable ? 2 : 1)} / -1` };
  return column.pinned ? { left: `var(--grid-pin-${at})` } : undefined;
}

/** The cursor is at a cell also where it stands on a column that the cell reaches over. */
function isActive(at: number, active: number, spanning: number): boolean {
  return at === active || (at === spanning && active > at);
}

interface CellContentProps<T> {
  column: GridColumn<T>;
  row: T | undefined;
  isUnderParent: boolean;
  seed: number;
  isAcross: boolean;
}

function CellContent<T>(props: CellContentProps<T>): ReactNode {
  const { column, row } = props;
  if (row === undefined) return <Skeleton seed={props.seed} />;
  return props.isAcross ? column.across?.(row) : column.render(row, props.isUnderParent);
}

/** Stands where a cell's text will be; as long as a text might be. */
function Skeleton({ seed }: { seed: number }): ReactNode {
  return <span className={classes.skeleton} data-length={seed % 4} />;
}

/** A row of a grid. It draws itself anew only when something about it changed. */
export const GridRow = memo(Row);
