import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { NotAllowed } from "../../components/NotAllowed";
import { Panel } from "../../components/Panel";
import { useHost } from "../../host/context";
import { blankFields } from "../../lib/kinds";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useSeenArea } from "./areas";
import { NewRecordPanel } from "./form";
import type { RecordList, ReferenceRecordFilter } from "./list";
import { usePanel } from "./panel";
import { shortKey } from "./view";

/** The form for a record that does not exist yet. */
export function NewRecord({ list }: { list: RecordList }) {
  const { kind, mayEdit } = useSeenArea(list.area);
  const [params] = useSearchParams();
  // What a narrowed list shows is what a new record of it belongs to.
  const narrowedBy = list.filters.find(
    (filter) => filter.type === "reference" && params.has(shortKey(filter.field)),
  );
  if (!mayEdit) {
    return <NotAllowed title={`New ${kind.label}`}>Your role does not let you add one.</NotAllowed>;
  }
  return narrowedBy?.type === "reference" ? (
    <NewRecordOf list={list} filter={narrowedBy} />
  ) : (
    <NewRecordForm list={list} given={list.given ?? NOTHING} />
  );
}

const NOTHING = {};

interface NewRecordOfProps {
  list: RecordList;
  filter: ReferenceRecordFilter;
}

/** The form for a new record that names another one already. */
function NewRecordOf({ list, filter }: NewRecordOfProps) {
  const named = useSeenArea(filter.area).kind;
  const { kind } = useSeenArea(list.area);
  const { close } = usePanel();
  const [params] = useSearchParams();
  const id = params.get(shortKey(filter.field)) ?? "";
  const { data, error, refetch } = useQuery(commandQuery(useHost(), `${filter.area}.get`, { id }));
  const code = data && textOf(data.fields, named.code);
  const given = useMemo(() => ({ [filter.field]: code ?? null }), [filter.field, code]);
  // A form that began without it would take it for another person's change later.
  if (code === undefined) {
    return (
      <Panel
        title={undefined}
        label={`New ${kind.label}`}
        failure={
          error && {
            error,
            title: `The ${named.label} could not be read`,
            retry: () => void refetch(),
          }
        }
        onClose={close}
        testid="record-panel"
      />
    );
  }
  return <NewRecordForm key={code} list={list} given={given} subject={code} />;
}

interface NewRecordFormProps {
  list: RecordList;
  /** What is known of it already. */
  given: ReturnType<typeof blankFields>;
  subject?: string;
}

function NewRecordForm({ list, given, subject }: NewRecordFormProps) {
  const { kind } = useSeenArea(list.area);
  const { close } = usePanel();
  const navigate = useNavigate();
  const { search } = useLocation();
  const fields = useMemo(() => ({ ...blankFields(kind), ...given }), [kind, given]);
  const needed = kind.fields.filter(({ required, computed }) => required && !computed);
  return (
    <NewRecordPanel
      kind={kind.key}
      fields={fields}
      {...(subject === undefined ? {} : { subject })}
      {...(list.inputs === undefined ? {} : { inputs: list.inputs })}
      title={`New ${kind.label}`}
      lead={`${needed.map(({ label }) => label).join(" and ")} are needed; the rest can wait.`}
      saveLabel={`Create ${kind.label}`}
      onCreated={({ id }) =>
        void navigate({ pathname: list.record(id), search }, { replace: true })
      }
      onClose={close}
      testid="record-panel"
      saveTestid="create-record"
    />
  );
}
