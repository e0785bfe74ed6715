import { Button } from "@mantine/core";
import { useState } from "react";

import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { showInfo, showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { formatCount } from "../../../lib/format";

/** Removes the pictures that nothing needs, after a question. */
export function CleanPictures() {
  const [isOpen, setIsOpen] = useState(false);
  const { mutate, isPending, error, reset } = useCommand("images.clean", ({ removed }) => {
    setIsOpen(false);
    if (removed > 0) showToast(`${formatCount(removed, "picture")} removed.`);
    else showInfo("Every picture is needed.");
  });
  const close = () => {
    setIsOpen(false);
    reset();
  };
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)} data-testid="clean-pictures">
        Remove unneeded…
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title="Remove pictures that nothing needs?"
        confirmLabel="Remove pictures"
        danger
        busy={isPending}
        error={error}
        onConfirm={() => mutate({})}
        onClose={close}
      >
        Pictures go that no record names: none in the trash either, and none that an undo of the
        last 30 days would bring back. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
