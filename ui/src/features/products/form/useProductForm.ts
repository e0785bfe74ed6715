import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";

import type { Change, Field, FieldInfo, Fields, RecordId } from "../../../bindings";
import { useHost } from "../../../host/context";
import { useDraftKey, useFields } from "../../../host/state";
import { toCoreError } from "../../../lib/errors";
import { draftTime, keepDraft } from "../../../lib/drafts";
import { commandQuery } from "../../../lib/query";
import { textOf } from "../../../lib/values";
import { keepForm, readForm } from "./drafts";
import {
  changesOf,
  editedFields,
  formOf,
  rebase,
  settle,
  typeInto,
  typingProblems,
  type FormState,
  type Input,
} from "./state";

const CHECK_AFTER_MS = 350;

/** The record that a form stands over; none while a product is made. */
export interface FormTarget {
  id: RecordId | null;
  fields: Fields;
  version: number;
}

/** A product's form: what is typed, what it would change, and what is wrong with it. */
export interface ProductForm {
  id: RecordId | null;
  state: FormState;
  changes: Change[];
  /** How many fields were changed, those that cannot be read yet included. */
  touched: number;
  problems: Partial<Record<Field, string>>;
  /** Whether it cannot be saved: something cannot be read, or two values wait for a choice. */
  isBlocked: boolean;
  /** When what it began with was typed; null when that is gone or never was. */
  restoredAt: number | null;
  type: (info: FieldInfo, input: Input) => void;
  settle: (field: Field, keep: "mine" | "theirs") => void;
  discard: () => void;
  /** Takes over what the core answered to a save. */
  saved: (fields: Fields, version: number) => void;
  /** Shows what the core said about single fields. */
  refused: (error: unknown) => void;
}

/** The form over `target`; follows the record when somebody else changes it. */
export function useProductForm(target: FormTarget): ProductForm {
  const { list } = useFields();
  const key = useDraftKey(target.id ?? `new.${textOf(target.fields, "parent_sku")}`);
  const [keptAt] = useState(() => draftTime(key));
  const [restored] = useState(() => readForm(key, target.fields));
  const [state, setState] = useState<FormState>(
    () => restored ?? formOf(target.fields, target.version),
  );
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  // Somebody else's newer version comes in while the form is open, or came while a draft lay here.
  if (target.version > state.version) {
    setState(rebase(state, target.fields, target.version, list));
  }
  useEffect(() => keepForm(key, state), [key, state]);

  const changes = useMemo(() => changesOf(state, list), [state, list]);
  const typing = typingProblems(state, list);
  const edited = useMemo(() => editedFields(state, list), [state, list]);
  const rules = useRules(target.id, edited, changes.length > 0);
  const problems = { ...rules, ...refusals, ...typing };

  return {
    id: target.id,
    state,
    changes,
    touched: new Set([...changes.map(({ field }): string => field), ...Object.keys(typing)]).size,
    problems,
    isBlocked: Object.keys(typing).length + Object.keys(state.conflicts).length > 0,
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
    saved: (saved, version) => {
      keepDraft(key, null);
      setState(formOf(saved, version));
      setRefusals({});
    },
    refused: (error) => {
      const core = toCoreError(error);
      if (core.code === "invalid") setRefusals(core.fields ?? {});
    },
  };
}

function without(messages: Record<string, string>, field: Field): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => key !== field));
}

/** What the core's rules say of the fields as they are typed, a moment after the last key. */
function useRules(
  id: RecordId | null,
  fields: Fields,
  enabled: boolean,
): Partial<Record<Field, string>> {
  const [settled] = useDebouncedValue(fields, CHECK_AFTER_MS);
  const request = useMemo(() => ({ fields: settled, id }), [settled, id]);
  const { data = [] } = useQuery({
    ...commandQuery(useHost(), "products.check", request, { gcTime: 0 }),
    placeholderData: keepPreviousData,
    enabled,
  });
  return enabled ? Object.fromEntries(data.map(({ field, message }) => [field, message])) : {};
}
