import { useQuery } from "@tanstack/react-query";

import type { Entity, HistoryEntry, UserId } from "../../bindings";
import type { Pages } from "../../components/grid";
import { useHost } from "../../host/context";
import { useFields, useMay } from "../../host/state";
import { commandQuery } from "../../lib/query";

interface Option {
  value: string;
  label: string;
}

/** How far down the list people are looked for who are not in the list of people. */
const LOOKED_AT = 2000;

/** The people whose doings can be asked for: all who are known, or those whom the list shows. */
export function usePersonOptions(
  chosen: UserId | undefined,
  entries: Pages<HistoryEntry>,
): Option[] {
  const mayManage = useMay("manage_users");
  const { data } = useQuery({
    ...commandQuery(useHost(), "users.list", {}),
    enabled: mayManage,
  });
  const names = new Map(data?.users.map(({ id, name }) => [id, name]));
  for (let index = 0; index < LOOKED_AT; index += 1) {
    const entry = entries.rowAt(index);
    if (!entry) break;
    const { personId, person } = entry;
    if (personId !== null && !names.has(personId)) names.set(personId, person);
  }
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, "One person");
  return Array.from(names, ([value, label]) => ({ value, label })).toSorted((a, b) =>
    a.label.localeCompare(b.label),
  );
}

/** The fields of records that are no products, by their key in the journal. */
const OTHERS: Record<Exclude<Entity, "product">, Option[]> = {
  user: [
    { value: "email", label: "E-mail" },
    { value: "role", label: "Role" },
    { value: "status", label: "Status" },
  ],
  role: [{ value: "permissions", label: "Permissions" }],
  workspace: [
    { value: "currency", label: "Currency" },
    { value: "idle_lock_minutes", label: "Idle lock minutes" },
  ],
};

/** The fields whose changes can be asked for. */
export function useFieldOptions(entity: Entity | undefined): Option[] {
  const { list } = useFields();
  const maySeeAll = useMay("view_history");
  const products = list.map(({ key, label }) => ({ value: key, label }));
  if (entity === "product" || !maySeeAll) return products;
  const name = { value: "name", label: "Name" };
  if (entity !== undefined)
    return entity === "workspace" ? [name, ...OTHERS.workspace] : [name, ...OTHERS[entity]];
  return [...products, ...OTHERS.user, ...OTHERS.role, ...OTHERS.workspace];
}
