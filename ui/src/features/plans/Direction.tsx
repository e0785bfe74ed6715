import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";

import type { PlannedRecord } from "../../bindings";
import { wayOf } from "./syncWay";
import classes from "./Direction.module.css";

interface DirectionProps {
  record: PlannedRecord;
  /** What the channel is called; null where the plan is no sync. */
  shop: string | null;
}

/** Whether a record is written here or sent to the shop, by an arrow and a word. */
export function Direction({ record, shop }: DirectionProps) {
  const way = wayOf(record, shop);
  if (way === null) return null;
  const Icon = way === "shop" ? IconArrowRight : IconArrowLeft;
  return (
    <span
      className={classes.direction}
      title={way === "shop" ? `Goes to ${shop}` : `Comes here from ${shop}`}
      data-testid={`direction-${way}`}
    >
      <Icon size={14} aria-hidden />
      {way}
    </span>
  );
}
