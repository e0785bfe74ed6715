import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { MOD_LABEL, useShortcuts } from "../lib/shortcuts";
import { BottomBar, Key } from "./BottomBar";
import { Panel } from "./Panel";

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
  const save = () => {
    if (!props.isBlocked && !props.isSaving) props.onSave();
  };
  useShortcuts({ "mod+s": save });
  return (
    <Panel
      title={props.title}
      label={props.title}
      subtitle={props.lead}
      onClose={props.onClose}
      testid={props.testid}
    >
      {props.children}
      <BottomBar>
        {props.foot}
        <Button
          onClick={save}
          loading={props.isSaving}
          disabled={props.isBlocked}
          rightSection={<Key>{MOD_LABEL} S</Key>}
          data-testid={props.saveTestid}
        >
          {props.saveLabel}
        </Button>
      </BottomBar>
    </Panel>
  );
}
