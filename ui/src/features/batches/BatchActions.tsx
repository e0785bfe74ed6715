import { Button, Group } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Batch } from "../../bindings";
import { canUndo, undoWord } from "../../lib/origins";
import { paths } from "../../lib/paths";
import { UndoBatchButton } from "./UndoBatchButton";

interface BatchActionsProps {
  batch: Batch;
  /** In a row of a list. */
  compact?: boolean;
}

/** What can be done with a batch: go on with what was stopped, decide what was kept, take it back. */
export function BatchActions({ batch, compact = false }: BatchActionsProps) {
  return (
    <Group gap={compact ? 4 : 8} wrap="nowrap" justify={compact ? "flex-end" : "flex-start"}>
      <RestButton batch={batch} compact={compact} />
      <UndoBatchButton batch={batch} compact={compact} />
    </Group>
  );
}

/** What the buttons of a batch say, in their order. */
export function actionWords(batch: Batch): string[] {
  const words = [restWord(batch), canUndo(batch) ? undoWord(batch) : null];
  return words.filter((word) => word !== null);
}

function restWord({ plan, state }: Batch): string | null {
  if (plan === null || state === "running") return null;
  return state === "done" ? "Decide what was kept" : "Apply the rest";
}

/** From a batch back to its plan, where the rest can be applied, or what was kept be decided. */
function RestButton({ batch, compact = false }: BatchActionsProps) {
  const word = restWord(batch);
  if (batch.plan === null || word === null) return null;
  return (
    <Button
      component={Link}
      to={paths.plan(batch.plan)}
      variant={compact ? "subtle" : "filled"}
      size={compact ? "compact-xs" : "xs"}
      leftSection={<IconPlayerPlay size={compact ? 14 : 16} />}
      aria-label={compact ? `${word}: ${batch.title}` : undefined}
      // The row that it stands in would open otherwise.
      onClick={(event) => event.stopPropagation()}
      data-testid="batch-apply-rest"
    >
      {word}
    </Button>
  );
}
