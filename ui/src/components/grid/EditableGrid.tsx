import type { ClipboardEvent } from "react";

import { CellContext, type CellSource } from "./cells";
import { DataGrid, type DataGridProps } from "./DataGrid";
import classes from "./EditableCell.module.css";
import { useCellEditing } from "./useCellEditing";
import { useLocalPages } from "./useLocalPages";

interface EditableGridProps<T>
  extends
    Omit<DataGridProps<T>, "pages" | "cells" | "total">,
    Omit<CellSource<T>, "columns" | "rowKey"> {}

/**
 * A grid whose cells are typed into: Enter, F2, a double click or typing opens one, Tab, Enter and arrows go
 * on, Escape leaves it as it was, Delete empties what is selected, and a block from a spreadsheet fills cells.
 */
export function EditableGrid<T extends object>(props: EditableGridProps<T>) {
  const { rows, layout } = props;
  const pages = useLocalPages(rows);
  const { cells, context, paste, receiver } = useCellEditing({ ...props, columns: layout.columns });
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const text = event.clipboardData.getData("text/plain");
    const isInEditor = event.target instanceof HTMLInputElement;
    // A single value goes into the text that is being typed.
    if (isInEditor && !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    paste(text);
  };
  return (
    <CellContext.Provider value={context}>
      <div className={classes.frame} onPaste={onPaste}>
        <DataGrid {...props} pages={pages} total={rows.length} cells={cells} />
        <textarea
          ref={receiver}
          className={classes.receiver}
          tabIndex={-1}
          aria-hidden
          readOnly={false}
          value=""
          onChange={() => {}}
        />
      </div>
    </CellContext.Provider>
  );
}
