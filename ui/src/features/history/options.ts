import { useQuery } from "@tanstack/react-query";

import type { HistoryEntry, Kind, UserId } from "../../bindings";
import type { Pages } from "../../components/grid";
import { RECORD_KINDS } from "../../components/recordKinds";
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
const OTHERS: Record<Exclude<Kind, "product">, Option[]> = {
  supplier: [
    { value: "supplier.code", label: "Code" },
    { value: "supplier.name", label: "Name" },
    { value: "supplier.lead_time", label: "Lead time" },
  ],
  supplier_product: [
    { value: "supplier_product.supplier_sku", label: "Supplier's SKU" },
    { value: "supplier_product.pack_size", label: "Pack size" },
    { value: "supplier_product.lead_time", label: "Lead time" },
  ],
  user: [
    { value: "user.email", label: "E-mail" },
    { value: "user.name", label: "Name" },
    { value: "user.role", label: "Role" },
  ],
  role: [
    { value: "role.name", label: "Name" },
    { value: "role.permissions", label: "Permissions" },
  ],
  workspace: [
    { value: "workspace.name", label: "Name" },
    { value: "workspace.currency", label: "Currency" },
    { value: "workspace.idle_lock_minutes", label: "Idle lock minutes" },
  ],
};

/** The fields whose changes can be asked for: those of one kind, or of all, which then stands with them. */
export function useFieldOptions(kind: Kind | undefined): Option[] {
  const { list } = useFields();
  const maySeeAll = useMay("view_history");
  const products = list.map(({ key, label }) => ({ value: key, label }));
  if (kind === "product" || !maySeeAll) return products;
  if (kind !== undefined) return OTHERS[kind];
  return [
    ...products,
    ...named("supplier"),
    ...named("supplier_product"),
    ...named("user"),
    ...named("role"),
    ...named("workspace"),
  ];
}

function named(kind: Exclude<Kind, "product">): Option[] {
  const { label: word } = RECORD_KINDS[kind];
  return OTHERS[kind].map(({ value, label }) => ({ value, label: `${word}: ${label}` }));
}
