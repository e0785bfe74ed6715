import { Button } from "@mantine/core";
import { IconAlertCircle, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { errorDetails, remedyOf, toCoreError } from "../lib/errors";
import { CopyButton } from "./CopyButton";
import classes from "./EmptyState.module.css";

interface ErrorStateProps {
  error: unknown;
  /** What could not be done, such as "Products could not be read". */
  title: string;
  onRetry?: (() => void) | undefined;
  /** What else can be done. */
  actions?: ReactNode;
}

/** What stands where something failed: the cause in plain words, what to do, and details for support. */
export function ErrorState({ error, title, onRetry, actions }: ErrorStateProps) {
  const core = toCoreError(error);
  return (
    <section className={classes.state} role="alert" data-testid="error-state">
      <div className={classes.icon} data-tone="error">
        <IconAlertCircle size={22} />
      </div>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>
        {core.message} {core.hint}
      </p>
      <div className={classes.actions}>
        {onRetry && remedyOf(core) !== "none" && (
          <Button leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            Try again
          </Button>
        )}
        {actions}
        <CopyButton text={() => errorDetails(error, title)} label="Copy details" />
      </div>
    </section>
  );
}

/** It may come to stand below the edge, or below the buttons that lie over the end of a long form. */
function intoView(box: HTMLDivElement | null) {
  box?.scrollIntoView?.({ block: "nearest" });
}

/** An error beside what caused it, such as in a form. */
export function InlineError({ error }: { error: unknown }) {
  const core = toCoreError(error);
  return (
    <div
      key={core.message}
      ref={intoView}
      className={classes.inline}
      role="alert"
      data-testid="inline-error"
    >
      <IconAlertCircle size={16} />
      <div>
        <p>{core.message}</p>
        {core.hint && <p className={classes.hint}>{core.hint}</p>}
      </div>
    </div>
  );
}
