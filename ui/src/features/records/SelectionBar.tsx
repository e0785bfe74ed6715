import { Button } from "@mantine/core";
import { IconArrowBackUp, IconTrash, IconTrashX, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import type { GridSelection } from "../../components/grid";
import type { RecordArea } from "../../host/records";
import { countSelected } from "../../components/grid";
import { formatInteger } from "../../lib/format";
import { ExportButton } from "../exports/ExportButton";
import type { Narrowing } from "../exports/ExportDialog";
import { useSeenArea } from "./areas";
import { PurgeDialog } from "./PurgeDialog";
import classes from "./Records.module.css";
import { TrashDialog } from "./TrashDialog";
import { useMoveAll } from "./useMoveAll";
import { useMoveRecords } from "./useMoveRecords";

interface SelectionBarProps {
  area: RecordArea;
  selection: GridSelection;
  inTrash: boolean;
  /** What the list shows, where all of it is selected. */
  narrowing: Narrowing;
  /** Whether it is known how many that is. */
  isExact?: boolean;
  /** What moving them to the trash means, to be asked before; without, they are moved at once. */
  trashAsks?: ReactNode;
  /** What else goes when they are deleted for good. */
  purgesMore?: ReactNode;
  /** What else can be done with them. */
  children?: ReactNode;
}

/** What can be done with the selected rows; stands where the filters stand otherwise. */
export function SelectionBar({ area, selection, inTrash, ...props }: SelectionBarProps) {
  const { kind, mayEdit, mayPurge } = useSeenArea(area);
  const isEvery = selection.every !== null;
  const narrowing = butFor(props.narrowing, selection.except);
  const all = useMoveAll(kind, narrowing);
  const mayMove = mayEdit && (!isEvery || all.mayPlan);
  const [isPurging, setIsPurging] = useState(false);
  const [isTrashing, setIsTrashing] = useState(false);
  const { trash, restore } = useMoveRecords(area);
  const ids = Array.from(selection.selected);
  const move = inTrash ? restore : trash;
  return (
    <div
      className={classes.selection}
      role="group"
      aria-label={`Selected ${kind.plural}`}
      data-testid="selection-bar"
    >
      <span className={classes.selectedCount}>
        {isEvery && selection.except.size === 0 ? "All " : ""}
        {formatInteger(countSelected(selection))}
        {isEvery && props.isExact === false ? "+" : ""} selected
        {selection.except.size > 0 && `, all but ${formatInteger(selection.except.size)}`}
      </span>
      {mayMove && (
        <Button
          variant="default"
          leftSection={inTrash ? <IconArrowBackUp size={16} /> : <IconTrash size={16} />}
          loading={move.isPending || all.isPending}
          onClick={() => {
            if (isEvery) all.plan(inTrash ? "restore" : "trash");
            else if (inTrash || props.trashAsks === undefined) {
              move.mutate({ ids }, { onSuccess: selection.clear });
            } else setIsTrashing(true);
          }}
          data-testid={inTrash ? "restore-selected" : "trash-selected"}
        >
          {inTrash ? "Restore" : "Move to trash"}
          {isEvery && "…"}
        </Button>
      )}
      {inTrash && mayPurge && mayMove && (
        <Button
          variant="default"
          c="var(--error)"
          leftSection={<IconTrashX size={16} />}
          onClick={() => (isEvery ? all.plan("purge") : setIsPurging(true))}
          data-testid="purge-selected"
        >
          Delete for good…
        </Button>
      )}
      {props.children}
      <TrashDialog
        area={area}
        ids={ids}
        opened={isTrashing}
        onClose={() => setIsTrashing(false)}
        onTrashed={selection.clear}
      >
        {props.trashAsks}
      </TrashDialog>
      <PurgeDialog
        area={area}
        ids={ids}
        more={props.purgesMore}
        opened={isPurging}
        onClose={() => setIsPurging(false)}
        onPurged={selection.clear}
      />
      <ExportButton
        scope={isEvery ? { kind, narrowing } : { kind, ids }}
        testid="export-selected"
      />
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconX size={16} />}
        onClick={selection.clear}
      >
        Clear selection
      </Button>
    </div>
  );
}

/** The list without some of its rows. */
function butFor(narrowing: Narrowing, except: ReadonlySet<string>): Narrowing {
  return except.size === 0 ? narrowing : { ...narrowing, except: Array.from(except) };
}
