import {
  IconAlertTriangle,
  IconCircleX,
  IconEqual,
  IconPencil,
  IconPlayerSkipForward,
  IconPlus,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Outcome } from "../bindings";
import classes from "./OutcomeBadge.module.css";

/** The meanings that colour carries everywhere. */
export type Tone = "create" | "update" | "unchanged" | "conflict" | "error" | "waiting";

interface OutcomeLook {
  label: string;
  tone: Tone;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
}

/** Each outcome's word, colour and icon: one language for plans, batches and history. */
export const OUTCOMES: Record<Outcome, OutcomeLook> = {
  create: { label: "Create", tone: "create", icon: IconPlus },
  update: { label: "Update", tone: "update", icon: IconPencil },
  unchanged: { label: "Unchanged", tone: "unchanged", icon: IconEqual },
  skipped: { label: "Skipped", tone: "unchanged", icon: IconPlayerSkipForward },
  conflict: { label: "Conflict", tone: "conflict", icon: IconAlertTriangle },
  error: { label: "Error", tone: "error", icon: IconCircleX },
};

/** A word in the colour of its meaning, with an icon. */
export function OutcomeBadge({ outcome, label }: { outcome: Outcome; label?: string }) {
  const look = OUTCOMES[outcome];
  const Icon = look.icon;
  return (
    <span className={classes.badge} data-tone={look.tone} data-testid={`outcome-${outcome}`}>
      <Icon size={12} stroke={2.2} />
      {label ?? look.label}
    </span>
  );
}

/** A word in the colour of a meaning that is no outcome, such as a batch's state. */
export function ToneBadge({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} />
      {label}
    </span>
  );
}
