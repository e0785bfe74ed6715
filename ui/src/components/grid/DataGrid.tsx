import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from "react";

import { useRowHeight } from "../../lib/density";
import { formatCount } from "../../lib/format";
import type { GridCells } from "./cells";
import type { GridLayout } from "./columns";
import classes from "./DataGrid.module.css";
import { GridHeader, type GridSort } from "./GridHeader";
import { cellId, GridRow } from "./GridRow";
import { countSelected, isSelected, type GridSelection } from "./selection";
import { useGridCursor } from "./useGridCursor";
import type { Pages } from "./usePages";
import { useRowWindow } from "./useRowWindow";
import { useTracks } from "./useTracks";

const HEAD_HEIGHT = 30;
/** Below the last row, so that a scroll bar that lies over the grid never lies over that row. */
const FOOT_HEIGHT = 14;

/** So many rows before and after those that are seen are loaded, so that none is blank when it comes. */
const AHEAD = 100;

export interface DataGridProps<T> {
  /** What the grid lists, for screen readers. */
  label: string;
  layout: GridLayout<T>;
  pages: Pages<T>;
  /** How many rows there are; undefined until it is known. */
  total: number | undefined;
  rowKey: (row: T) => string;
  rowLabel: (row: T) => string;
  /** In pixels; the density that the person chose when it is not given. */
  rowHeight?: number;
  sort?: GridSort;
  onSort?: (sort: GridSort) => void;
  selection?: GridSelection;
  /** Enter, or a click on the row. */
  onOpen?: (row: T, index: number) => void;
  /** The cursor has come to another row. */
  onCursor?: (row: T, index: number) => void;
  /** The row that is open beside the grid. */
  openKey?: string | undefined;
  /** Changes when the list is another one: the grid goes back to the top. */
  listKey: string;
  /** What stands where no row is. */
  empty: ReactNode;
  /** Whether the row stands in one line with its parent above it, where the list has families. */
  isUnderParent?: (index: number) => boolean;
  /** Typing into its cells, where that can be done. */
  cells?: GridCells;
}

/** A table of any length: only what is seen is drawn, only what is looked at is loaded. */
export function DataGrid<T extends object>(props: DataGridProps<T>) {
  const { layout, pages, selection, listKey } = props;
  const densityHeight = useRowHeight();
  const rowHeight = props.rowHeight ?? densityHeight;
  const id = useId();
  const rows = props.total ?? 12;
  const ref = useRef<HTMLDivElement>(null);
  const scroll = useRowWindow(ref, rows, rowHeight, HEAD_HEIGHT + FOOT_HEIGHT);
  const { first, end, top } = scroll.window;
  const cursor = useGridCursor({ ...props, rows, scroll, grid: ref });
  const { look } = pages;
  useEffect(
    () => look(Math.max(0, first - AHEAD), Math.min(end + AHEAD, rows)),
    [look, first, end, rows],
  );

  const shownList = useRef(listKey);
  const { toTop } = scroll;
  useLayoutEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
    toTop();
  }, [listKey, toTop]);

  useTracks(ref, { ...props, isSelectable: selection !== undefined, rowHeight, first, end });
  if (props.total === 0) return <div className={classes.empty}>{props.empty}</div>;

  const { cell, range } = cursor;
  const indexes = Array.from({ length: end - first }, (_, step) => first + step);
  return (
    <>
      <div
        ref={ref}
        className={classes.grid}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={props.total === undefined ? -1 : props.total + 1}
        aria-colcount={layout.columns.length}
        aria-multiselectable={selection !== undefined}
        aria-activedescendant={cell ? cellId(id, cell.row, cell.column) : undefined}
        aria-busy={pages.isLoading}
        data-stale={pages.isStale || undefined}
        data-testid="grid"
        onScroll={scroll.onScroll}
        onKeyDown={cursor.onKeyDown}
        onMouseDown={cursor.onMouseDown}
        onClick={cursor.onClick}
        onDoubleClick={cursor.onDoubleClick}
        onFocus={cursor.onFocus}
      >
        <GridHeader {...props} onSelectAll={cursor.selectAll} />
        <div className={classes.rows} style={{ height: scroll.height }} role="presentation">
          <div
            className={classes.window}
            style={{ transform: `translateY(${top}px)` }}
            role="rowgroup"
          >
            {indexes.map((index) => {
              const row = pages.rowAt(index);
              const key = row === undefined ? undefined : props.rowKey(row);
              const isInRange = range !== null && index >= range.firstRow && index <= range.lastRow;
              return (
                <GridRow
                  key={index}
                  gridId={id}
                  index={index}
                  row={row}
                  label={row === undefined ? "" : props.rowLabel(row)}
                  columns={layout.columns}
                  isUnderParent={props.isUnderParent?.(index) ?? false}
                  activeColumn={cell?.row === index ? cell.column : -1}
                  rangeFrom={isInRange ? range.firstColumn : -1}
                  rangeTo={isInRange ? range.lastColumn : -1}
                  isSelectable={selection !== undefined}
                  isSelected={
                    selection !== undefined && key !== undefined && isSelected(selection, key)
                  }
                  isOpen={key !== undefined && key === props.openKey}
                  onToggle={cursor.onRowToggle}
                />
              );
            })}
          </div>
        </div>
        <div style={{ height: FOOT_HEIGHT }} role="presentation" />
      </div>
      <div className="visually-hidden" aria-live="polite">
        {countSelected(selection) > 0
          ? `${formatCount(countSelected(selection), "row")} selected`
          : ""}
      </div>
    </>
  );
}
