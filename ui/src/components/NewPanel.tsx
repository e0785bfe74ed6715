import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { MOD_LABEL, useShortcuts } from "../lib/shortcuts";
import classes from "./Panel.module.css";
import { PanelFrame } from "./PanelFrame";

interface NewPanelProps {
  title: string;
  /** One line under the title. */
  lead: string;
  /** What stands beside the button. */
  foot?: ReactNode;
  saveLabel: string;
  onSave: () => void;
  onClose: () => void;
  isSaving: boolean;
  isBlocked: boolean;
  testid: string;
  saveTestid: string;
  children: ReactNode;
}

/** The panel in which something new is made: title, form, and the button that makes it. */
export function NewPanel(props: NewPanelProps) {
  const { title, onClose } = props;
  const save = () => {
    if (!props.isBlocked && !props.isSaving) props.onSave();
  };
  useShortcuts({ "mod+s": save });
  return (
    <PanelFrame label={title} testid={props.testid} onClose={onClose}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <h2 className={classes.title}>{title}</h2>
          <div className={classes.subtitle}>{props.lead}</div>
        </div>
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close" onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {props.children}
      <footer className={classes.foot}>
        <span className={classes.gap} />
        {props.foot}
        <Button
          onClick={save}
          loading={props.isSaving}
          disabled={props.isBlocked}
          rightSection={<span className={classes.key}>{MOD_LABEL} S</span>}
          data-testid={props.saveTestid}
        >
          {props.saveLabel}
        </Button>
      </footer>
    </PanelFrame>
  );
}
