import { useQuery } from "@tanstack/react-query";

import type { Field, HistoryEntry, Kind, UserId } from "../../bindings";
import type { Pages } from "../../components/grid";
import { useHost } from "../../host/context";
import { useKind, useKinds, useMay } from "../../host/state";
import { kindName } from "../../lib/kinds";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";

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

/**
 * The fields whose changes can be asked for: those of one kind, or of all, which then stand with their kind, and the
 * fields of the workspace's own that were removed.
 */
export function useFieldOptions(kind: Kind | undefined): Option[] {
  const kinds = useKinds();
  const removed = useRemovedFields();
  return kinds
    .filter(({ key }) => kind === undefined || key === kind)
    .flatMap(({ key: of, fields }) =>
      [...fields, ...removed.filter((field) => field.of === of)].map(({ key, label }) => ({
        value: key,
        label: kind === undefined && of !== "product" ? `${kindName(kinds, of)}: ${label}` : label,
      })),
    );
}

const REMOVED = { trashed: true, descending: false, offset: 0, limit: 500 };

/** The fields of the workspace's own that lie in the trash: what was done with them stays in the history. */
function useRemovedFields(): { of: string; key: Field; label: string }[] {
  const isSeen = useKind("custom_field") !== undefined;
  const { data } = useQuery({
    ...commandQuery(useHost(), "custom_fields.list", REMOVED),
    enabled: isSeen,
  });
  return (data?.rows ?? []).map(({ id, fields }) => ({
    of: textOf(fields, "custom_field.record_kind"),
    key: `custom.${id}`,
    label: `${textOf(fields, "custom_field.label")} (in the trash)`,
  }));
}
