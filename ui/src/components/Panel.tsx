import { ActionIcon, Button, Skeleton, Stack, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { toCoreError } from "../lib/errors";
import { useShortcuts } from "../lib/shortcuts";
import { EmptyState } from "./EmptyState";
import { ErrorState } from "./ErrorState";
import classes from "./Panel.module.css";

interface PanelProps {
  /** What the panel is about; undefined while that is read. */
  title: ReactNode | undefined;
  /** What screen readers call it. */
  label: string;
  /** The line under the title. */
  subtitle?: ReactNode;
  /** What can be done with it, beside the cross. */
  actions?: ReactNode;
  /** Leads to the neighbours in the list. */
  walk?: ((step: number) => void) | null;
  /** Why it could not be read, and how to try again. */
  failure?: PanelFailure | null;
  onClose: () => void;
  testid: string;
  children?: ReactNode;
}

interface PanelFailure {
  error: unknown;
  /** "The product could not be read". */
  title: string;
  retry?: () => void;
}

/**
 * What stands beside a list: header with title, neighbours and cross, then the content. While it is
 * read a skeleton stands there, and when that fails the reason with another try. Escape closes it,
 * but first leaves the field that is typed into.
 */
export function Panel(props: PanelProps) {
  const { title, onClose, failure } = props;
  useShortcuts({
    escape: () => {
      const focused = document.activeElement;
      const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
      if (isField && focused.closest("[data-panel-frame]")) focused.blur();
      else onClose();
    },
  });
  return (
    <aside
      className={classes.panel}
      aria-label={props.label}
      data-panel-frame
      data-testid={props.testid}
    >
      <header className={classes.header}>
        <div className={classes.titles}>
          {title === undefined && !failure ? (
            <Skeleton height={16} width={180} my={4} />
          ) : (
            <h2 className={classes.title} data-testid={failure ? undefined : "panel-title"}>
              {failure ? props.label : title}
            </h2>
          )}
          {!failure && props.subtitle !== undefined && (
            <div className={classes.subtitle}>{props.subtitle}</div>
          )}
        </div>
        {props.walk && <Neighbours walk={props.walk} />}
        {!failure && props.actions}
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close" onClick={onClose} data-testid="close-panel">
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {failure ? (
        <Failure {...failure} onClose={onClose} />
      ) : title === undefined ? (
        <PanelSkeleton label={props.label} />
      ) : (
        props.children
      )}
    </aside>
  );
}

/** What was deleted while it was open is no failure: it is gone. */
function Failure({ error, title, retry, onClose }: PanelFailure & { onClose: () => void }) {
  const { code, message } = toCoreError(error);
  if (code !== "not_found") return <ErrorState error={error} title={title} onRetry={retry} />;
  const close = (
    <Button variant="default" onClick={onClose}>
      Close
    </Button>
  );
  return <EmptyState title={message.replace(/\.$/, "")} actions={close} />;
}

function Neighbours({ walk }: { walk: (step: number) => void }) {
  const next = () => walk(1);
  const previous = () => walk(-1);
  useShortcuts({ j: next, k: previous });
  return (
    <>
      <Tooltip label="Previous (K)">
        <ActionIcon aria-label="Previous" onClick={previous}>
          <IconChevronUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next (J)">
        <ActionIcon aria-label="Next" onClick={next}>
          <IconChevronDown size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function PanelSkeleton({ label }: { label: string }) {
  return (
    <Stack gap={16} px={20} py={12} role="status" aria-busy aria-label={`Reading: ${label}`}>
      <Skeleton height={44} />
      <Skeleton height={44} />
      <Skeleton height={44} />
      <Skeleton height={120} />
    </Stack>
  );
}
