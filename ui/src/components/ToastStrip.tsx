import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconInfoCircle, IconX } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";

import { dismissToast, followToasts, readToasts, type Toast, type ToastKind } from "./toast";
import classes from "./ToastStrip.module.css";

/** How long a message stays when the person does nothing about it. */
const SHOWN_MS: Record<ToastKind, number> = { success: 5000, info: 7000, error: 15_000 };
const WITH_ACTION_MS = 10_000;

const ICONS = { success: IconCircleCheck, info: IconInfoCircle, error: IconAlertCircle };

/** The icon of a kind of message. */
export function ToastIcon({ kind }: { kind: ToastKind }) {
  const Icon = ICONS[kind];
  return <Icon size={16} className={classes.icon} data-kind={kind} />;
}

/** The messages of the window. */
export function useToasts() {
  return useSyncExternalStore(followToasts, readToasts);
}

/**
 * The message of the moment: a line of its own above the status bar, so that it can never lie over
 * a button, a dialog or what is typed.
 */
export function ToastStrip() {
  const { current } = useToasts();
  return (
    <div className={classes.place} aria-live="polite">
      {current && <Message key={current.id} toast={current} />}
    </div>
  );
}

function Message({ toast }: { toast: Toast }) {
  const { kind, message, hint, action } = toast;
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const shown = Math.max(SHOWN_MS[kind], action ? WITH_ACTION_MS : 0);
    const timer = setTimeout(dismissToast, shown);
    return () => clearTimeout(timer);
  }, [kind, action, isHeld]);
  const act = () => {
    dismissToast();
    action?.onClick();
  };
  return (
    <div
      className={classes.toast}
      data-kind={kind}
      role={kind === "error" ? "alert" : "status"}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      data-testid="toast"
    >
      <ToastIcon kind={kind} />
      <p className={classes.text}>
        <strong>{message}</strong> {hint}
      </p>
      {action && (
        <Button variant="subtle" size="compact-xs" onClick={act}>
          {action.label}
        </Button>
      )}
      <Tooltip label="Dismiss" position="top-end">
        <ActionIcon size={22} aria-label="Dismiss" onClick={dismissToast}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
