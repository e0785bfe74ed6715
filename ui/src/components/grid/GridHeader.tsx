import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useRef, type KeyboardEvent } from "react";

import { followDrag } from "../../lib/followDrag";
import type { GridColumn, GridLayout } from "./columns";
import classes from "./DataGrid.module.css";
import { countSelected, type GridSelection } from "./selection";
import { useHeaderDrag } from "./useHeaderDrag";

/** What a grid is sorted by. */
export interface GridSort {
  key: string;
  descending: boolean;
}

interface GridHeaderProps<T> {
  layout: GridLayout<T>;
  sort?: GridSort;
  onSort?: (sort: GridSort) => void;
  selection?: GridSelection;
  total: number | undefined;
  onSelectAll: () => void;
}

/**
 * The names of the columns: click to sort, drag the name (or Alt, Shift and the arrows) to put the
 * column elsewhere, drag the edge (or Alt and the arrows) to resize.
 */
export function GridHeader<T>(props: GridHeaderProps<T>) {
  const { layout, selection, total } = props;
  const count = countSelected(selection);
  return (
    <div className={classes.head} role="row" aria-rowindex={1}>
      {selection && (
        <div className={classes.check} role="columnheader">
          <input
            type="checkbox"
            className="tick"
            aria-label="Select all"
            checked={count > 0 && count === total}
            ref={(box) => {
              if (box) box.indeterminate = count > 0 && count !== total;
            }}
            onChange={props.onSelectAll}
            data-testid="select-all"
          />
        </div>
      )}
      {layout.columns.map((column, index) => (
        <HeaderCell key={column.key} {...props} column={column} index={index} />
      ))}
    </div>
  );
}

interface HeaderCellProps<T> extends GridHeaderProps<T> {
  column: GridColumn<T>;
  index: number;
}

function HeaderCell<T>({ column, index, layout, sort, onSort }: HeaderCellProps<T>) {
  const sorted = column.sort !== undefined && sort?.key === column.sort ? sort : undefined;
  const cell = useRef<HTMLDivElement>(null);
  // From as wide as it is, whatever made it so.
  const width = () => cell.current?.offsetWidth ?? column.width;
  const resizeBy = (step: number) => layout.resize(column.key, width() + step);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    event.stopPropagation();
    const way = event.key === "ArrowLeft" ? -1 : 1;
    if (event.shiftKey) layout.move(column.key, way);
    else resizeBy(16 * way);
  };
  const drag = useHeaderDrag((step) => layout.move(column.key, step));
  const onClick = () => {
    if (column.sort === undefined || drag.hasMoved()) return;
    onSort?.({ key: column.sort, descending: sorted ? !sorted.descending : false });
  };
  return (
    <div
      ref={cell}
      className={classes.headCell}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : undefined}
      data-align={column.align}
      data-sorted={sorted ? true : undefined}
      data-pinned={column.pinned}
      style={column.pinned ? { left: `var(--grid-pin-${index})` } : undefined}
      onPointerDown={column.pinned ? undefined : drag.begin}
    >
      {column.sort !== undefined && onSort ? (
        <button
          type="button"
          className={classes.sort}
          onClick={onClick}
          onKeyDown={onKeyDown}
          data-testid={`sort-${column.sort}`}
        >
          <span className={classes.headLabel}>{column.label}</span>
          {sorted && (sorted.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
        </button>
      ) : (
        <span className={column.quiet ? "visually-hidden" : classes.headLabel}>{column.label}</span>
      )}
      <span
        className={classes.resize}
        aria-hidden
        onPointerDown={(event) =>
          followDrag(event, width(), (start, way) => layout.resize(column.key, start + way))
        }
      />
    </div>
  );
}
