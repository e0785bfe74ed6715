import { useCallback, useMemo, useRef } from "react";

import type { Field, FieldInfo } from "../../../bindings";
import { RecordMoney } from "../../../components/RecordMoney";
import { fieldsByKey } from "../../../lib/values";
import { ConflictChoice } from "./ConflictChoice";
import { type CustomInputs, FieldInput } from "./FieldInput";
import classes from "./Form.module.css";
import { ImagesField } from "./images/ImagesField";
import { type Input, inputOf, valueOf } from "./state";
import type { RecordForm } from "./useRecordForm";

interface RecordFieldsProps {
  form: RecordForm;
  isReadOnly: boolean;
  /** Fields that cannot be typed into here, with why. */
  locked?: Partial<Record<Field, string>>;
  /** Values to choose from while typing. */
  suggestions?: Partial<Record<Field, string[]>>;
  /** Controls in the place of the usual ones; they must be stable. */
  inputs?: CustomInputs;
}

interface Section {
  title: string;
  fields: FieldInfo[];
}

/** The fields of a record in the sections that its kind declares, two columns, with an index above. */
export function RecordFields(props: RecordFieldsProps) {
  const { kind, edited } = props.form;
  return (
    <RecordMoney kind={kind.key} fields={edited}>
      <FieldSections {...props} />
    </RecordMoney>
  );
}

function FieldSections({
  form,
  isReadOnly,
  locked = NOTHING_LOCKED,
  suggestions = NO_SUGGESTIONS,
  inputs = USUAL_INPUTS,
}: RecordFieldsProps) {
  const sections = useSections(form, inputs);
  const { type } = form;
  const known = form.kind.fields;
  const typeOther = useCallback(
    (field: Field, input: Input) => {
      const other = known.find(({ key }) => key === field);
      if (other) type(other, input);
    },
    [known, type],
  );
  const elements = useRef(new Map<string, HTMLElement>());
  const changed = new Set(form.changes.map(({ field }) => field));
  const troubled = (fields: FieldInfo[]) =>
    fields.some(({ key }) => form.problems[key] ?? form.state.conflicts[key]);
  return (
    <div className={classes.form} data-record-form>
      {sections.length > 1 && (
        <nav className={classes.index} aria-label="Sections">
          {sections.map((section) => (
            <button
              key={section.title}
              type="button"
              data-troubled={troubled(section.fields) || undefined}
              onClick={() =>
                elements.current
                  .get(section.title)
                  ?.scrollIntoView({ behavior: "smooth", block: "start" })
              }
            >
              {section.title}
            </button>
          ))}
        </nav>
      )}
      {sections.map((section) => (
        <section
          key={section.title}
          className={classes.section}
          ref={(element) => {
            if (element) elements.current.set(section.title, element);
          }}
        >
          {section.title !== "" && <h2 className={classes.sectionTitle}>{section.title}</h2>}
          <div className={classes.fields}>
            {together(section.fields, inputs).map((infos) => {
              const [info] = infos;
              return isOfImages(info) && !inputs[info.key] ? (
                <div key={info.key} className={classes.field} data-wide>
                  <ImagesField
                    form={form}
                    infos={infos}
                    isReadOnly={isReadOnly || infos.some(({ key }) => locked[key] !== undefined)}
                  />
                  {infos.map((each) => (
                    <Conflict key={each.key} form={form} info={each} />
                  ))}
                </div>
              ) : (
                <div
                  key={info.key}
                  className={classes.field}
                  data-wide={info.layout === "wide" || undefined}
                  data-row-start={info.layout === "row_start" || undefined}
                >
                  <FieldInput
                    of={form.kind.key}
                    info={info}
                    input={inputOf(form.state, info)}
                    problem={form.problems[info.key]}
                    isChanged={changed.has(info.key)}
                    mergedBy={form.state.merged[info.key]}
                    isReadOnly={isReadOnly || locked[info.key] !== undefined}
                    suggestions={suggestions[info.key]}
                    help={locked[info.key]}
                    custom={inputs[info.key] ?? undefined}
                    edited={inputs[info.key] ? form.edited : undefined}
                    isRequired={info.required && !isReadOnly}
                    onType={form.type}
                    onTypeOther={inputs[info.key] ? typeOther : undefined}
                  />
                  <Conflict form={form} info={info} />
                </div>
              );
            })}
          </div>
        </section>
      ))}
    </div>
  );
}

/** Fields of images that follow each other are shown together: the main one and the others. */
function together(
  fields: readonly FieldInfo[],
  inputs: CustomInputs,
): [FieldInfo, ...FieldInfo[]][] {
  const groups: [FieldInfo, ...FieldInfo[]][] = [];
  for (const info of fields) {
    const last = groups.at(-1);
    const joins = last?.every((each) => each.kind === "image" && !inputs[each.key]);
    if (last && joins && info.kind === "images" && !inputs[info.key]) last.push(info);
    else groups.push([info]);
  }
  return groups;
}

const isOfImages = ({ kind }: FieldInfo) => kind === "image" || kind === "images";

const NOTHING_LOCKED: Partial<Record<Field, string>> = {};
const NO_SUGGESTIONS: Partial<Record<Field, string[]>> = {};
const USUAL_INPUTS: CustomInputs = {};

function useSections({ kind }: RecordForm, inputs: CustomInputs): Section[] {
  return useMemo(() => {
    const byKey = fieldsByKey(kind.fields);
    return kind.sections.map(({ title, fields }) => ({
      title,
      fields: fields.flatMap((field) => (inputs[field] === null ? [] : (byKey.get(field) ?? []))),
    }));
  }, [kind, inputs]);
}

function Conflict({ form, info }: { form: RecordForm; info: FieldInfo }) {
  const conflict = form.state.conflicts[info.key];
  if (!conflict) return null;
  return (
    <ConflictChoice
      info={info}
      conflict={conflict}
      mine={valueOf(form.state, info)}
      onSettle={(keep) => form.settle(info.key, keep)}
    />
  );
}

/** Puts the keyboard into the first field of the form that is shown. */
export function focusFirstField(): void {
  document
    .querySelector<HTMLElement>("[data-record-form] :is(input, textarea):not([disabled])")
    ?.focus();
}
