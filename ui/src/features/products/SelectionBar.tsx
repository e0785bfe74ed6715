import { Button } from "@mantine/core";
import { IconArrowBackUp, IconTrash, IconTrashX, IconX } from "@tabler/icons-react";

import { useState } from "react";

import type { GridSelection } from "../../components/grid";
import { useMay } from "../../host/state";
import { formatInteger } from "../../lib/format";
import { ExportButton } from "../exports/ExportButton";
import classes from "./Products.module.css";
import { PurgeDialog } from "./PurgeDialog";
import { useMoveProducts } from "./useMoveProducts";

interface SelectionBarProps {
  selection: GridSelection;
  inTrash: boolean;
}

/** What can be done with the selected rows; stands where the filters stand otherwise. */
export function SelectionBar({ selection, inTrash }: SelectionBarProps) {
  const mayEdit = useMay("edit_products");
  const mayExport = useMay("export");
  const mayPurge = useMay("purge_products");
  const [isPurging, setIsPurging] = useState(false);
  const { trash, restore } = useMoveProducts();
  const ids = Array.from(selection.selected);
  const move = inTrash ? restore : trash;
  return (
    <div
      className={classes.selection}
      role="group"
      aria-label="Selected products"
      data-testid="selection-bar"
    >
      <span className={classes.selectedCount}>{formatInteger(ids.length)} selected</span>
      {mayEdit && (
        <Button
          variant="default"
          leftSection={inTrash ? <IconArrowBackUp size={16} /> : <IconTrash size={16} />}
          loading={move.isPending}
          onClick={() => move.mutate({ ids }, { onSuccess: selection.clear })}
          data-testid={inTrash ? "restore-selected" : "trash-selected"}
        >
          {inTrash ? "Restore" : "Move to trash"}
        </Button>
      )}
      {inTrash && mayPurge && (
        <Button
          variant="default"
          c="var(--error)"
          leftSection={<IconTrashX size={16} />}
          onClick={() => setIsPurging(true)}
          data-testid="purge-selected"
        >
          Delete for good…
        </Button>
      )}
      <PurgeDialog
        ids={ids}
        opened={isPurging}
        onClose={() => setIsPurging(false)}
        onPurged={selection.clear}
      />
      {mayExport && <ExportButton scope={{ ids }} testid="export-selected" />}
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
