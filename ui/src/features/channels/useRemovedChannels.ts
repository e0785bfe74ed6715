import { useQuery } from "@tanstack/react-query";

import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";

const REMOVED = { trashed: true, descending: false, offset: 0, limit: 500 };

/** The channels that lie in the trash. */
export function useRemovedChannels() {
  return useQuery(commandQuery(useHost(), "channels.list", REMOVED));
}
