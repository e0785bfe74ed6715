import { useQuery } from "@tanstack/react-query";

import type { Field, Kind } from "../../bindings";
import { useHost } from "../../host/context";
import { useKind, useKinds } from "../../host/state";
import { kindName } from "../../lib/kinds";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";

interface Option {
  value: string;
  label: string;
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
