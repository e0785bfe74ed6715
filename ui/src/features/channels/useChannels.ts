import { useQuery } from "@tanstack/react-query";

import type { DataRecord } from "../../bindings";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { useArea } from "../records/areas";

const ALL = { trashed: false, descending: false, offset: 0, limit: 500 };

const NONE: readonly DataRecord[] = [];

/** The shops that are connected, as far as the user may see them. */
export function useChannels(): readonly DataRecord[] {
  const isSeen = useArea("channels") !== undefined;
  const { data } = useQuery({
    ...commandQuery(useHost(), "channels.list", ALL),
    enabled: isSeen,
  });
  return data?.rows ?? NONE;
}
