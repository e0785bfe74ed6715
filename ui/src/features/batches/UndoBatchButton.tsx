import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { MouseEvent } from "react";

import type { Batch } from "../../bindings";
import { useUndoBatch } from "../../host/undo";
import { canUndo, undoWord } from "../../lib/origins";

/** How an action looks: on a page, in a row of a list, or in one that has room for its icon alone. */
export type ActionLook = "page" | "row" | "icon";

/** The side of an icon's button in a row, in pixels. */
export const ROW_ICON = 24;

interface UndoBatchButtonProps {
  batch: Batch;
  look?: ActionLook;
}

/** Plans the undo of a batch; nothing where it cannot be undone. */
export function UndoBatchButton({ batch, look = "page" }: UndoBatchButtonProps) {
  const undo = useUndoBatch();
  const start = useMutation({ mutationFn: undo });
  if (!canUndo(batch)) return null;
  const onClick = (event: MouseEvent) => {
    // The row that it stands in would open otherwise.
    event.stopPropagation();
    start.mutate(batch.id);
  };
  const word = undoWord(batch);
  const common = {
    onClick,
    loading: start.isPending,
    "aria-label": word === "Redo" ? batch.undoTitle : `${word}: ${batch.title}`,
    "data-testid": `undo-${batch.id}`,
  };
  if (look === "icon") {
    return (
      <Tooltip label={word}>
        <ActionIcon size={ROW_ICON} {...common}>
          <IconArrowBackUp size={14} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Button
      variant={look === "row" ? "subtle" : "default"}
      size={look === "row" ? "compact-xs" : "xs"}
      leftSection={<IconArrowBackUp size={14} />}
      {...common}
    >
      {word}
    </Button>
  );
}
