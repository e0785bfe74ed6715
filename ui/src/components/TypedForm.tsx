import { useShortcuts } from "../lib/shortcuts";
import { toCoreError } from "../lib/errors";
import { DraftNote } from "./DraftFoot";
import { InlineError } from "./ErrorState";
import { Overtaken } from "./Overtaken";
import { SaveBar } from "./SaveBar";
import type { Typed } from "./useTyped";

/** The command that saves a form, as far as it went. */
interface Saving {
  error: unknown;
  isPending: boolean;
  reset: () => void;
}

/** A form over typed values, together with the command that saves them. */
export interface TypedForm<V> extends Typed<V> {
  /** What the core refused, by field. */
  refused: Partial<Record<string, string>>;
  /** What it refused of no field; null when there is no such thing. */
  failure: unknown;
  isSaving: boolean;
}

/** Puts a form and its command together: typing and discarding take back what was refused. */
export function typedForm<V>(form: Typed<V>, saving: Saving): TypedForm<V> {
  const refused = saving.error ? (toCoreError(saving.error).fields ?? {}) : {};
  return {
    ...form,
    refused,
    failure: Object.keys(refused).length > 0 ? null : (saving.error ?? null),
    isSaving: saving.isPending,
    type: (part) => {
      form.type(part);
      saving.reset();
    },
    forget: () => {
      form.forget();
      saving.reset();
    },
  };
}

interface TypedNewsProps<V> {
  form: TypedForm<V>;
  /** What another user made of a part. */
  newsOf: (part: keyof V) => string;
}

/** What is to be known of the form as a whole: what others saved meanwhile, and why it was not saved. */
export function TypedNews<V>({ form, newsOf }: TypedNewsProps<V>) {
  return (
    <>
      <Overtaken news={form.overtaken.map(newsOf)} />
      {form.failure !== null && <InlineError error={form.failure} />}
    </>
  );
}

interface TypedSaveBarProps<V> {
  form: TypedForm<V>;
  /** Whether saving makes no sense yet. */
  isBlocked: boolean;
  onSave: () => void;
}

/** The save bar of the form; Ctrl S saves, too. */
export function TypedSaveBar<V>({ form, isBlocked, onSave }: TypedSaveBarProps<V>) {
  const changes = form.changed.length;
  const save = () => {
    if (changes > 0 && !isBlocked && !form.isSaving) onSave();
  };
  useShortcuts({ "mod+s": save });
  return (
    <SaveBar
      changes={changes}
      problems={Object.keys(form.refused).length}
      isBlocked={isBlocked}
      saving={form.isSaving}
      onSave={save}
      onDiscard={form.forget}
      note={<DraftNote at={form.restoredAt} />}
    />
  );
}
