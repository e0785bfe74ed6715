import { Button } from "@mantine/core";

/** The way out of a panel that has nothing to show, and so no header with a cross. */
export function ClosePanel({ onClose }: { onClose: () => void }) {
  return (
    <Button variant="default" onClick={onClose}>
      Close
    </Button>
  );
}
