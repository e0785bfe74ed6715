import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { Link } from "react-router";

import type { Batch } from "../../bindings";
import { canUndo, undoWord } from "../../lib/origins";
import { paths } from "../../lib/paths";
import { type ActionLook, ROW_ICON, UndoBatchButton } from "./UndoBatchButton";

interface BatchActionsProps {
  batch: Batch;
  look?: ActionLook;
}

export { type ActionLook, ROW_ICON };

/** What can be done with a batch: go on with what was stopped, decide what was kept, take it back. */
export function BatchActions({ batch, look = "page" }: BatchActionsProps) {
  const isInRow = look !== "page";
  return (
    <Group gap={isInRow ? 4 : 8} wrap="nowrap" justify={isInRow ? "flex-end" : "flex-start"}>
      <RestButton batch={batch} look={look} />
      <UndoBatchButton batch={batch} look={look} />
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
function RestButton({ batch, look = "page" }: BatchActionsProps) {
  const word = restWord(batch);
  if (batch.plan === null || word === null) return null;
  const common = {
    to: paths.plan(batch.plan),
    "aria-label": look === "page" ? undefined : `${word}: ${batch.title}`,
    // The row that it stands in would open otherwise.
    onClick: (event: MouseEvent) => event.stopPropagation(),
    "data-testid": "batch-apply-rest",
  };
  if (look === "icon") {
    return (
      <Tooltip label={word}>
        <ActionIcon component={Link} size={ROW_ICON} {...common}>
          <IconPlayerPlay size={14} />
        </ActionIcon>
      </Tooltip>
    );
  }
  const isInRow = look === "row";
  return (
    <Button
      component={Link}
      variant={isInRow ? "subtle" : "filled"}
      size={isInRow ? "compact-xs" : "xs"}
      leftSection={<IconPlayerPlay size={isInRow ? 14 : 16} />}
      {...common}
    >
      {word}
    </Button>
  );
}
