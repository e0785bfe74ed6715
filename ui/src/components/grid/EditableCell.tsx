import { useContext, type KeyboardEvent, type ReactNode } from "react";

import { CellContext, type CellContextValue, type OpenCell } from "./cells";
import classes from "./EditableCell.module.css";
import type { Cell } from "./keyboard";

interface EditableCellProps {
  rowKey: string;
  column: string;
  /** What the editor is called. */
  label: string;
  align?: "start" | "end";
  /** The value as it is. */
  children: ReactNode;
}

const STAY: Cell = { row: 0, column: 0 };

/** A cell that can be typed into: its value, what was typed and not taken, or the editor. */
export function EditableCell(props: EditableCellProps) {
  const { rowKey, column } = props;
  const context = useContext(CellContext);
  if (context === null) return props.children;
  const { open } = context;
  if (open?.rowKey === rowKey && open.column === column) {
    return <CellInput {...props} open={open} context={context} />;
  }
  const refused = context.refusedAt(rowKey, column);
  if (refused === undefined) return props.children;
  return (
    <span
      className={classes.typed}
      title={refused.message}
      data-refused={refused.message === undefined ? undefined : true}
      data-testid={refused.message === undefined ? undefined : "refused-cell"}
    >
      {refused.text}
      {refused.message !== undefined && (
        <span className="visually-hidden">, not saved: {refused.message}</span>
      )}
    </span>
  );
}

interface CellInputProps extends EditableCellProps {
  open: OpenCell;
  context: CellContextValue;
}

function CellInput({ open, context, label, align }: CellInputProps) {
  const { onDone, onCancel, onText } = context;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = stepOf(event, open.isEdit);
    if (step !== null) onDone(step);
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      className={classes.input}
      data-align={align}
      aria-label={label}
      value={open.text}
      autoFocus
      onFocus={(event) => {
        if (open.isEdit) event.currentTarget.select();
      }}
      onChange={(event) => onText(event.currentTarget.value)}
      onBlur={() => onDone(STAY)}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      data-testid="cell-input"
    />
  );
}

/** Where a key leads from an open cell; null for keys that stay in it. */
function stepOf(event: KeyboardEvent, isEdit: boolean): Cell | null {
  switch (event.key) {
    case "Enter":
      return { row: event.shiftKey ? -1 : 1, column: 0 };
    case "Tab":
      return { row: 0, column: event.shiftKey ? -1 : 1 };
    case "ArrowDown":
      return { row: 1, column: 0 };
    case "ArrowUp":
      return { row: -1, column: 0 };
    case "ArrowLeft":
      return isEdit ? null : { row: 0, column: -1 };
    case "ArrowRight":
      return isEdit ? null : { row: 0, column: 1 };
    default:
      return null;
  }
}
