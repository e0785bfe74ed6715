import { useQuery } from "@tanstack/react-query";

import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { useArea } from "../records/areas";

const ONE = { trashed: false, descending: false, offset: 0, limit: 1 };

/** Whether the shop has suppliers: without any, products say nothing of who sells them. */
export function useHasSuppliers(): boolean {
  const isSeen = useArea("suppliers") !== undefined;
  const { data } = useQuery({
    ...commandQuery(useHost(), "suppliers.list", ONE),
    enabled: isSeen,
  });
  return data !== undefined && data.total > 0;
}
