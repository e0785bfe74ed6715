import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";

import type {
  Change,
  Field,
  FieldInfo,
  Fields,
  Kind,
  KindInfo,
  MergedRecord,
  RecordId,
} from "../../../bindings";
import { useHost } from "../../../host/context";
import { areaOf } from "../../../host/records";
import { useDraftKey, useKind } from "../../../host/state";
import { toCoreError } from "../../../lib/errors";
import { draftTime, keepDraft } from "../../../lib/drafts";
import { commandQuery } from "../../../lib/query";
import { keepForm, readForm } from "./drafts";
import {
  afterSave,
  changesOf,
  editedFields,
  formOf,
  mergeRequest,
  overNewer,
  settle,
  typeInto,
  typingProblems,
  type FormState,
  type Input,
} from "./state";

const CHECK_AFTER_MS = 350;

/** The record that a form stands over; `id` is null while one is made. */
export interface FormTarget {
  kind: Kind;
  id: RecordId | null;
  fields: Fields;
  version: number;
  /** Tells the draft of one new record from that of another, such as those of two parents. */
  subject?: string | undefined;
}

/** The form of a record: what is typed, what it would change, and what is wrong with it. */
export interface RecordForm {
  kind: KindInfo;
  id: RecordId | null;
  state: FormState;
  changes: Change[];
  /** All fields as the form would save them. */
  edited: Fields;
  /** How many fields were changed, those that cannot be read yet included. */
  touched: number;
  problems: Partial<Record<Field, string>>;
  /** How many fields have something wrong, or wait for a choice. */
  open: number;
  /** Whether it cannot be saved: something cannot be read, or two values wait for a choice. */
  isBlocked: boolean;
  /** When what it began with was typed; null when that is gone or never was. */
  restoredAt: number | null;
  type: (info: FieldInfo, input: Input) => void;
  settle: (field: Field, keep: "mine" | "theirs") => void;
  discard: () => void;
  /** Takes over what the core answered to a save of these inputs; without them nothing that was typed stays. */
  saved: (fields: Fields, version: number, sent?: FormState["inputs"]) => void;
  /** Shows what the core said about single fields. */
  refused: (error: unknown) => void;
}

/** Where the draft of a record's form is kept; `subject` tells new ones apart. */
export function useRecordDraftKey(kind: Kind, id: RecordId | null, subject = ""): string {
  return useDraftKey(id ?? `new.${kind}.${subject}`);
}

/** The form over `target`; follows the record when others change it. */
export function useRecordForm(target: FormTarget): RecordForm {
  const kind = useKnownKind(target.kind);
  const list = useMemo(() => kind.fields.filter(({ computed }) => !computed), [kind]);
  const key = useRecordDraftKey(target.kind, target.id, target.subject);
  const [keptAt] = useState(() => draftTime(key));
  const [restored] = useState(() => readForm(key, target.fields));
  const [state, setState] = useState<FormState>(
    () => restored ?? formOf(target.fields, target.version),
  );
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  // A newer version comes in while the form is open, or came while a draft lay here.
  const merged = useMerged(target, state, kind, list);
  if (merged !== undefined) setState(overNewer(state, merged));
  useEffect(() => keepForm(key, state), [key, state]);

  const changes = useMemo(() => changesOf(state, list), [state, list]);
  const typing = typingProblems(state, list);
  const edited = useMemo(() => editedFields(state, list), [state, list]);
  const rules = useRules(kind, target.id, edited, changes.length > 0);
  const problems = { ...rules, ...refusals, ...typing };
  const contradictions = Object.keys(state.conflicts).length;

  return {
    kind,
    id: target.id,
    state,
    changes,
    edited,
    touched: new Set([...changes.map(({ field }): string => field), ...Object.keys(typing)]).size,
    problems,
    open: Object.keys(problems).length + contradictions,
    isBlocked: Object.keys(typing).length + contradictions > 0,
    restoredAt: restored !== null && Object.keys(state.inputs).length > 0 ? keptAt : null,
    type: useCallback((info: FieldInfo, input: Input) => {
      setState((old) => typeInto(old, info, input));
      setRefusals((old) => without(old, info.key));
    }, []),
    settle: useCallback(
      (field: Field, keep: "mine" | "theirs") => setState((old) => settle(old, field, keep)),
      [],
    ),
    discard: () => {
      setState(formOf(target.fields, target.version));
      setRefusals({});
    },
    saved: (base, version, sent) => {
      keepDraft(key, null);
      setState((old) => afterSave(old, sent ?? old.inputs, { base, version }));
      setRefusals({});
    },
    refused: (error) => {
      const core = toCoreError(error);
      if (core.code === "invalid") setRefusals(core.fields ?? {});
    },
  };
}

/** What the core says of a kind whose records are shown, so that the person may see it. */
function useKnownKind(key: Kind): KindInfo {
  const kind = useKind(key);
  if (!kind) throw new Error(`There is no form for a ${key} that may not be seen.`);
  return kind;
}

function without(messages: Record<string, string>, field: Field): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => key !== field));
}

/** What the core made of the form and a newer version; undefined while there is nothing to merge. */
function useMerged(
  { id, version }: FormTarget,
  state: FormState,
  kind: KindInfo,
  list: readonly FieldInfo[],
): MergedRecord | undefined {
  const host = useHost();
  const isBehind = id !== null && version > state.version;
  const { data } = useQuery({
    // What is typed while the core merges is merged anew: the answer belongs to one state.
    queryKey: ["records.merge", id, version, state],
    queryFn: () =>
      host.call(`${areaOf(kind)}.merge`, { id: id ?? "", ...mergeRequest(state, list) }),
    enabled: isBehind,
    gcTime: 0,
  });
  return isBehind ? data : undefined;
}

/** What the core's rules say of the fields as they are typed, a moment after the last key. */
function useRules(
  kind: KindInfo,
  id: RecordId | null,
  fields: Fields,
  enabled: boolean,
): Partial<Record<Field, string>> {
  const [settled] = useDebouncedValue(fields, CHECK_AFTER_MS);
  const request = useMemo(() => ({ fields: settled, id }), [settled, id]);
  const { data = [] } = useQuery({
    ...commandQuery(useHost(), `${areaOf(kind)}.check`, request, { gcTime: 0 }),
    placeholderData: keepPreviousData,
    // What stood there before the first key would be told to be wrong.
    enabled: enabled && settled === fields,
  });
  return enabled ? Object.fromEntries(data.map(({ field, message }) => [field, message])) : {};
}
