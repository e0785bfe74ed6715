import { ActionIcon, Button, Input, TextInput, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";

import { textOf } from "../../../lib/values";
import type { CustomInputProps } from "../../records/form";
import { type ChoiceRow, moved, readChoices, writeChoices } from "./choices";
import classes from "./ChoicesInput.module.css";

/** A row, told from others while it is edited: two may be empty. */
interface EditedRow extends ChoiceRow {
  id: number;
}

function numbered(text: string): EditedRow[] {
  return readChoices(text).map(({ key, label }, index) => ({ id: index + 1, key, label }));
}

/** The choices of a field of such a type: another type has none. */
export function ChoicesInput(props: CustomInputProps) {
  const type = textOf(props.edited, "custom_field.type");
  const isListed = type === "choice" || type === "choices" || (props.input !== "" && props.input);
  return isListed ? <ChoiceList {...props} /> : null;
}

/** The field's own help tells how choices are written as text, in files and on the command line. */
const HELP = "In the order in which they are offered. A new name keeps what products hold.";

/** The choices of a field: add, rename, reorder. Renaming one keeps what records hold. */
function ChoiceList({ label, problem, input, isReadOnly, onType }: CustomInputProps) {
  const text = typeof input === "string" ? input : "";
  const [typed, setTyped] = useState(() => numbered(text));
  const list = useRef<HTMLUListElement>(null);
  // What was saved, discarded or came from another user stands in the form, not here.
  const rows = writeChoices(typed) === text ? typed : numbered(text);
  const show = (next: EditedRow[]) => {
    setTyped(next);
    onType(writeChoices(next));
  };
  const focus = (index: number) =>
    // The row is drawn after this.
    requestAnimationFrame(() => list.current?.querySelectorAll("input")[index]?.focus());
  const add = (at: number) => {
    const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
    show(rows.toSpliced(at, 0, { id, key: null, label: "" }));
    focus(at);
  };
  const move = (index: number, step: number) => {
    show(moved(rows, index, step));
    focus(Math.min(Math.max(index + step, 0), rows.length - 1));
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.key === "Enter") add(index + 1);
    else if (event.altKey && event.key === "ArrowUp") move(index, -1);
    else if (event.altKey && event.key === "ArrowDown") move(index, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Input.Wrapper label={label} labelElement="div" description={HELP} error={problem}>
      <ul ref={list} className={classes.list} data-testid="choices">
        {rows.map((row, index) => (
          <Row
            key={row.id}
            row={row}
            number={index + 1}
            isLast={index === rows.length - 1}
            isReadOnly={isReadOnly}
            onRename={(name) => show(rows.with(index, { ...row, label: name }))}
            onMove={(step) => move(index, step)}
            onRemove={() => show(rows.toSpliced(index, 1))}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </ul>
      {!isReadOnly && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => add(rows.length)}
          data-testid="add-choice"
        >
          Add a choice
        </Button>
      )}
    </Input.Wrapper>
  );
}

interface RowProps {
  row: ChoiceRow;
  number: number;
  isLast: boolean;
  isReadOnly: boolean;
  onRename: (label: string) => void;
  onMove: (step: number) => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Row({ row, number, isLast, isReadOnly, ...on }: RowProps) {
  const name = row.label === "" ? `choice ${number}` : row.label;
  return (
    <li className={classes.row}>
      <TextInput
        className={classes.label ?? ""}
        aria-label={`Choice ${number}`}
        title={row.key === null ? undefined : `Kept as ${row.key}`}
        value={row.label}
        readOnly={isReadOnly}
        onChange={(event) => on.onRename(event.currentTarget.value)}
        onKeyDown={isReadOnly ? undefined : on.onKeyDown}
        data-testid={`choice-${number}`}
      />
      {!isReadOnly && (
        <>
          <Tooltip label="Up (Alt ↑)">
            <ActionIcon
              aria-label={`Move ${name} up`}
              className={classes.move ?? ""}
              disabled={number === 1}
              onClick={() => on.onMove(-1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Down (Alt ↓)">
            <ActionIcon
              aria-label={`Move ${name} down`}
              className={classes.move ?? ""}
              disabled={isLast}
              onClick={() => on.onMove(1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Remove">
            <ActionIcon aria-label={`Remove ${name}`} onClick={on.onRemove}>
              <IconTrash size={14} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </li>
  );
}
