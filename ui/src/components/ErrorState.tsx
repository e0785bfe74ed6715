import { Button } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconCopy, IconRefresh } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import { copyText } from "../lib/clipboard";
import { errorDetails, remedyOf, toCoreError } from "../lib/errors";
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
        <CopyDetails error={error} where={title} />
      </div>
    </section>
  );
}

/** An error beside what caused it, such as in a form. */
export function InlineError({ error }: { error: unknown }) {
  const core = toCoreError(error);
  return (
    <div className={classes.inline} role="alert" data-testid="inline-error">
      <IconAlertCircle size={16} />
      <div>
        <p>{core.message}</p>
        {core.hint && <p className={classes.hint}>{core.hint}</p>}
      </div>
    </div>
  );
}

/** Puts what support needs on the clipboard. */
export function CopyDetails({ error, where }: { error: unknown; where: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(errorDetails(error, where));
    setCopied(true);
  };
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      onClick={() => void copy()}
    >
      {copied ? "Copied" : "Copy details"}
    </Button>
  );
}
