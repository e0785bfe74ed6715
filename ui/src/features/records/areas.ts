import { useMemo } from "react";

import type { KindInfo, Permission } from "../../bindings";
import type { RecordArea } from "../../host/records";
import { useAppState } from "../../host/state";
import { formatCount } from "../../lib/format";

/** The kinds whose list and panel are the general ones, by what their commands begin with. */
export type ListedArea = Exclude<RecordArea, "products">;

/** What the core says of the kind of record that an area lists, and what the user may do there. */
export interface AreaInfo {
  kind: KindInfo;
  mayEdit: boolean;
  mayPurge: boolean;
  /** "1 supplier", "2 suppliers". */
  count: (records: number) => string;
}

/** The kind of record that an area lists; undefined where the user may not see it. */
export function useArea(area: RecordArea): AreaInfo | undefined {
  const { kinds, person } = useAppState();
  return useMemo(() => {
    const kind = kinds.find((each) => each.area === area);
    if (!kind) return undefined;
    const may = (right: Permission) => person?.permissions.includes(right) ?? false;
    return {
      kind,
      mayEdit: may(kind.edit),
      mayPurge: may(kind.purge),
      count: (records) => formatCount(records, kind.label, kind.plural),
    };
  }, [kinds, person, area]);
}

/** The same where the list was shown, so that the user may see it. */
export function useSeenArea(area: RecordArea): AreaInfo {
  const found = useArea(area);
  if (!found) throw new Error(`The list of ${area} is shown to a user who may not see it.`);
  return found;
}
