import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

import { InlineError } from "./ErrorState";

interface ConfirmDialogProps {
  opened: boolean;
  /** A question that names the thing: "Forget Shop North?" */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The verb: "Forget workspace". */
  confirmLabel: string;
  danger?: boolean;
  busy?: boolean;
  /** Whether it cannot be confirmed yet, since something has to be typed first. */
  isBlocked?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="sm">
      <div data-testid="confirm-dialog">
        {props.children}
        {props.error !== null && props.error !== undefined && <InlineError error={props.error} />}
        <Group justify="flex-end" gap={8} mt={16}>
          <Button
            variant="default"
            onClick={props.onClose}
            data-autofocus={props.danger || undefined}
          >
            Cancel
          </Button>
          <Button
            color={props.danger ? "red" : "accent"}
            loading={props.busy ?? false}
            disabled={props.isBlocked ?? false}
            onClick={props.onConfirm}
            data-autofocus={!props.danger || undefined}
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
