import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { MouseEvent } from "react";

import type { Batch } from "../../bindings";
import { useUndoBatch } from "../../host/undo";
import { canUndo, undoWord } from "../../lib/origins";

interface UndoBatchButtonProps {
  batch: Batch;
  /** In a row of a list. */
  compact?: boolean;
}

/** Plans the undo of a batch; nothing where it cannot be undone. */
export function UndoBatchButton({ batch, compact = false }: UndoBatchButtonProps) {
  const undo = useUndoBatch();
  const start = useMutation({ mutationFn: undo });
  if (!canUndo(batch)) return null;
  const onClick = (event: MouseEvent) => {
    // The row that it stands in would open otherwise.
    event.stopPropagation();
    start.mutate(batch.id);
  };
  return (
    <Button
      variant={compact ? "subtle" : "default"}
      size={compact ? "compact-xs" : "xs"}
      leftSection={<IconArrowBackUp size={14} />}
      onClick={onClick}
      loading={start.isPending}
      aria-label={
        undoWord(batch) === "Redo" ? batch.undoTitle : `${undoWord(batch)}: ${batch.title}`
      }
      data-testid={`undo-${batch.id}`}
    >
      {undoWord(batch)}
    </Button>
  );
}
