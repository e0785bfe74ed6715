import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "react-router";

import { MOD_LABEL, useShortcuts } from "../../lib/shortcuts";
import { spotlight } from "./CommandPalette";
import classes from "./Rail.module.css";
import { useHistoryReach } from "./useHistoryReach";

/** The way to anything by its name. */
export function JumpField({ collapsed }: { collapsed: boolean }) {
  return (
    <Tooltip label={`Search or jump to (${MOD_LABEL} K)`} position="right" disabled={!collapsed}>
      <UnstyledButton
        className={classes.jump ?? ""}
        onClick={spotlight.open}
        aria-label="Search or jump to"
        data-testid="jump"
      >
        <IconSearch size={14} />
        {!collapsed && (
          <>
            <span className={classes.jumpLabel}>Search</span>
            <kbd>{MOD_LABEL} K</kbd>
          </>
        )}
      </UnstyledButton>
    </Tooltip>
  );
}

/** The pages before and after this one. */
export function BackAndForward() {
  const navigate = useNavigate();
  const { canGoBack, canGoForward } = useHistoryReach();
  const back = () => void navigate(-1);
  const forward = () => void navigate(1);
  useShortcuts({ "alt+arrowleft": back, "alt+arrowright": forward });
  return (
    <div className={classes.ways}>
      <Tooltip label="Back (Alt ←)">
        <ActionIcon aria-label="Back" onClick={back} disabled={!canGoBack} data-testid="go-back">
          <IconArrowLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Forward (Alt →)">
        <ActionIcon
          aria-label="Forward"
          onClick={forward}
          disabled={!canGoForward}
          data-testid="go-forward"
        >
          <IconArrowRight size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
