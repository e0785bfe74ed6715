import { IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { useArea } from "../../features/records/areas";
import { useHost } from "../../host/context";
import { formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import classes from "./StatusBar.module.css";

/** How many products wait for the next sync, with the way to them; nothing where none does. */
export function WaitingForShops() {
  const isSeen = useArea("channels") !== undefined;
  const { data = [] } = useQuery({
    ...commandQuery(useHost(), "channels.status", {}),
    enabled: isSeen,
  });
  const waiting = data.filter(({ sums }) => sums.waiting > 0);
  const [first, ...others] = waiting;
  if (first === undefined) return null;
  const count = waiting.reduce((sum, { sums }) => sum + sums.waiting, 0);
  const products = count === 1 ? "1 product waits" : `${formatInteger(count)} products wait`;
  const isOne = others.length === 0;
  return (
    <Link
      className={classes.waiting}
      to={isOne ? paths.channelTab(first.record.id, "match", "waiting") : paths.channels}
      title="What it is, since when, and why it did not go yet"
      data-testid="waiting-for-shops"
    >
      <IconClock size={14} aria-hidden />
      {products} for{" "}
      {isOne
        ? textOf(first.record.fields, "channel.name")
        : `${formatInteger(waiting.length)} shops`}
    </Link>
  );
}
