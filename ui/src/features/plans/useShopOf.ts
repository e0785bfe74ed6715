import { useQuery } from "@tanstack/react-query";

import type { PlanSummary } from "../../bindings";
import { useHost } from "../../host/context";
import { useKind } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";

/** What the channel of a sync is called; null of a plan that is none. */
export function useShopOf({ channel }: Pick<PlanSummary, "channel">): string | null {
  const isSeen = useKind("channel") !== undefined;
  const { data } = useQuery({
    ...commandQuery(useHost(), "channels.get", { id: channel ?? "" }),
    enabled: isSeen && channel !== null,
  });
  if (channel === null) return null;
  return data === undefined ? "the shop" : textOf(data.fields, "channel.name");
}
