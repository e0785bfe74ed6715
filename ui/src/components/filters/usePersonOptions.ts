import { useQuery } from "@tanstack/react-query";

import type { UserId } from "../../bindings";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { commandQuery } from "../../lib/query";
import type { FacetOption } from "./FacetFilter";

/** Who did what a row tells of. */
interface Doer {
  personId: UserId | null;
  person: string;
}

/** How far down the list people are looked for who are not in the list of people. */
const LOOKED_AT = 2000;

/** The people whose doings can be asked for: all who are known, or those whom the list shows. */
export function usePersonOptions(
  chosen: UserId | undefined,
  rowAt: (index: number) => Doer | undefined,
): FacetOption[] {
  const mayManage = useMay("manage_users");
  const { data } = useQuery({
    ...commandQuery(useHost(), "users.list", {}),
    enabled: mayManage,
  });
  const names = new Map(data?.users.map(({ id, name }) => [id, name]));
  for (let index = 0; index < LOOKED_AT; index += 1) {
    const entry = rowAt(index);
    if (!entry) break;
    const { personId, person } = entry;
    if (personId !== null && !names.has(personId)) names.set(personId, person);
  }
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, "One person");
  return Array.from(names, ([value, label]) => ({ value, label })).toSorted((a, b) =>
    a.label.localeCompare(b.label),
  );
}
