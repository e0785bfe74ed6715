import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";

import type { GridSelection } from "../../../components/grid";
import { useMay } from "../../../host/state";
import { MoveSelectedDialog } from "./MoveSelectedDialog";

/** The most variants of one product: no more can be moved at once. */
const MOST = 2048;

/** Moves the selected products under another one. */
export function MoveSelected({ selection }: { selection: GridSelection }) {
  const mayEdit = useMay("edit_products");
  const [isOpen, setIsOpen] = useState(false);
  const count = selection.selected.size;
  if (!mayEdit || count === 0 || count > MOST) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowRight size={16} />}
        onClick={() => setIsOpen(true)}
        data-testid="move-selected"
      >
        Move under a product…
      </Button>
      {isOpen && (
        <MoveSelectedDialog
          ids={Array.from(selection.selected)}
          onClose={() => setIsOpen(false)}
          onMoved={selection.clear}
        />
      )}
    </>
  );
}
