import { IconForms } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";

import type { DataRecord, Field, RecordId } from "../../../bindings";
import { useHost } from "../../../host/context";
import { useKind } from "../../../host/state";
import { formatCount, formatInteger } from "../../../lib/format";
import { paths } from "../../../lib/paths";
import { commandQuery } from "../../../lib/query";
import { isYes, numberOf, textOf } from "../../../lib/values";
import type { Locked, RecordList, RecordsNote } from "../../records/list";
import { readChoices } from "./choices";
import { ChoicesInput } from "./ChoicesInput";

/** The fields of a custom field, by their keys. */
const FIELD = {
  code: "custom_field.code",
  label: "custom_field.label",
  of: "custom_field.record_kind",
  type: "custom_field.type",
  choices: "custom_field.choices",
  section: "custom_field.section",
  required: "custom_field.required",
  filterable: "custom_field.filterable",
  position: "custom_field.position",
} as const satisfies Record<string, Field>;

/** How many values fields have in all records; undefined while it is not known. */
function useValues(ids: RecordId[]): number | undefined {
  const host = useHost();
  const counts = useQueries({
    queries: ids.map((id) => commandQuery(host, "custom_fields.values", { id })),
  });
  return counts.every(({ data }) => data !== undefined)
    ? counts.reduce((sum, { data }) => sum + (data?.count ?? 0), 0)
    : undefined;
}

/** What stays as it was made, and the type while there are values. */
const LockedOnes: Locked = ({ record, children }) => {
  const values = useValues([record.id]) ?? 0;
  const stays = { [FIELD.code]: "Files and the command line know it by this; it stays." };
  if (values === 0) return children(stays);
  const why = `${formatCount(values, "record has a value", "records have a value")}, so the type stays.`;
  return children({ ...stays, [FIELD.type]: why });
};

const TrashNote: RecordsNote = ({ ids, name }) => {
  const values = useValues(ids);
  const isOne = name !== undefined;
  if (!values) {
    const none = isOne ? `${name} has no values. ` : "They have no values. ";
    return `${values === 0 ? none : ""}${isOne ? "It goes" : "They go"} from forms, lists and files.`;
  }
  const has = isOne ? `${name} has` : "They have";
  const kept = isOne ? "the field is" : "the fields are";
  return `${has} ${formatCount(values, "value")}. They are kept until ${kept} deleted for good.`;
};

const PurgeNote: RecordsNote = ({ ids, name }) => {
  const values = useValues(ids);
  if (values === undefined || values === 0) return null;
  const their = name === undefined ? "Their" : "Its";
  return values === 1
    ? `${their} value goes too.`
    : `${their} ${formatInteger(values)} values go too.`;
};

function TypeName({ type }: { type: string }) {
  const info = useKind("custom_field")?.fields.find(({ key }) => key === FIELD.type);
  return <span>{info?.choices.find(({ key }) => key === type)?.label ?? type}</span>;
}

const choiceCount = ({ fields }: DataRecord) => readChoices(textOf(fields, FIELD.choices)).length;
const shownCount = (row: DataRecord) => {
  const count = choiceCount(row);
  return count === 0 ? "" : formatInteger(count);
};

/** The fields of the workspace's own. */
export const FIELDS: RecordList = {
  area: "custom_fields",
  path: paths.customFields,
  record: paths.customField,
  newRecord: paths.newCustomField,
  icon: IconForms,
  searches: "code or name",
  about:
    "What your products have besides the usual: a season, a material, a date. A field stands in the form, can be a column and a filter, and is imported and exported with the rest.",
  isImported: false,
  filters: [],
  given: { [FIELD.type]: "text" },
  // Products alone have fields of their own so far, so that there is nothing to choose.
  inputs: { [FIELD.choices]: ChoicesInput, [FIELD.of]: null },
  Locked: LockedOnes,
  TrashNote,
  PurgeNote,
  columns: {
    [FIELD.code]: { width: 130 },
    [FIELD.label]: { width: 200, least: 120, grow: true },
    [FIELD.of]: null,
    [FIELD.type]: {
      width: 130,
      render: ({ fields }) => <TypeName type={textOf(fields, FIELD.type)} />,
    },
    [FIELD.choices]: {
      width: 84,
      align: "end",
      render: (row) => <span>{shownCount(row)}</span>,
      whole: shownCount,
      text: (row) => String(choiceCount(row)),
    },
    [FIELD.section]: { width: 140 },
    [FIELD.required]: {
      render: ({ fields }) => <span>{isYes(fields, FIELD.required) ? "Yes" : ""}</span>,
    },
    [FIELD.filterable]: {
      render: ({ fields }) => <span>{isYes(fields, FIELD.filterable) ? "Yes" : ""}</span>,
    },
    [FIELD.position]: {
      hidden: true,
      render: ({ fields }) => <span>{numberOf(fields, FIELD.position) ?? ""}</span>,
    },
    "custom_field.help": { hidden: true },
  },
};
