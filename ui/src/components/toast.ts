import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";

import { toCoreError } from "../lib/errors";
import classes from "./toast.module.css";

interface ToastAction {
  label: string;
  onClick: () => void;
}

/** Says what was done, with what can be done about it, such as Undo. */
export function showToast(message: string, action?: ToastAction): void {
  const id = notifications.show({
    message: action ? (
      <div className={classes.message}>
        <span>{message}</span>
        <Button
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            action.onClick();
          }}
        >
          {action.label}
        </Button>
      </div>
    ) : (
      message
    ),
    icon: <IconCheck size={16} />,
    color: "accent",
    autoClose: action ? 10_000 : 4000,
    withBorder: true,
    closeButtonProps: { "aria-label": "Dismiss" },
  });
}

/** Says what could not be done, and why. */
export function showErrorToast(error: unknown): void {
  const core = toCoreError(error);
  notifications.show({
    title: core.message,
    message: core.hint ?? "",
    icon: <IconAlertCircle size={16} />,
    color: "red",
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { "aria-label": "Dismiss" },
    role: "alert",
  });
}
