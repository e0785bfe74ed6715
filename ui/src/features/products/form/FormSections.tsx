import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";

import type { Facet, Field, FieldInfo } from "../../../bindings";
import { useHost } from "../../../host/context";
import { useFields } from "../../../host/state";
import { commandQuery } from "../../../lib/query";
import { ConflictChoice } from "./ConflictChoice";
import { FieldInput } from "./FieldInput";
import classes from "./Form.module.css";
import { beginsRow, isWide, sectionsOf } from "./sections";
import { inputOf, valueOf } from "./state";
import type { ProductForm } from "./useProductForm";
import { useWhoChanged } from "./useWhoChanged";

interface FormSectionsProps {
  form: ProductForm;
  isReadOnly: boolean;
  /** Fields that cannot be typed into here, with why. */
  locked?: Partial<Record<Field, string>>;
}

const REQUIRED: ReadonlySet<Field> = new Set<Field>(["sku", "name"]);

/** The fields of a product in sections, two columns, with an index above. */
export function FormSections({ form, isReadOnly, locked = NOTHING_LOCKED }: FormSectionsProps) {
  const { list } = useFields();
  const sections = useMemo(() => sectionsOf(list), [list]);
  const elements = useRef(new Map<string, HTMLElement>());
  const changed = new Set(form.changes.map(({ field }) => field));
  const suggestions = useSuggestions();
  const whoChanged = useWhoChanged(form);
  const troubled = (fields: FieldInfo[]) =>
    fields.some(({ key }) => form.problems[key] ?? form.state.conflicts[key]);
  return (
    <div className={classes.form}>
      <nav className={classes.index} aria-label="Sections">
        {sections.map((section) => (
          <button
            key={section.id}
            type="button"
            data-troubled={troubled(section.fields) || undefined}
            onClick={() =>
              elements.current
                .get(section.id)
                ?.scrollIntoView({ behavior: "smooth", block: "start" })
            }
          >
            {section.title}
          </button>
        ))}
      </nav>
      {sections.map((section) => (
        <section
          key={section.id}
          className={classes.section}
          ref={(element) => {
            if (element) elements.current.set(section.id, element);
          }}
        >
          <h2 className={classes.sectionTitle}>{section.title}</h2>
          <div className={classes.fields}>
            {section.fields.map((info) => (
              <div
                key={info.key}
                className={classes.field}
                data-wide={isWide(info.key) || undefined}
                data-row-start={beginsRow(info.key) || undefined}
              >
                <FieldInput
                  info={info}
                  input={inputOf(form.state, info)}
                  problem={form.problems[info.key]}
                  isChanged={changed.has(info.key)}
                  mergedBy={form.state.merged.includes(info.key) ? whoChanged(info.key) : undefined}
                  isReadOnly={isReadOnly || locked[info.key] !== undefined}
                  suggestions={suggestions[info.key]}
                  help={locked[info.key]}
                  isRequired={REQUIRED.has(info.key) && !isReadOnly}
                  onType={form.type}
                />
                <Conflict form={form} info={info} who={whoChanged} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

const NOTHING_LOCKED: Partial<Record<Field, string>> = {};

interface ConflictProps {
  form: ProductForm;
  info: FieldInfo;
  who: (field: Field) => string;
}

function Conflict({ form, info, who }: ConflictProps) {
  const conflict = form.state.conflicts[info.key];
  if (!conflict) return null;
  return (
    <ConflictChoice
      info={info}
      conflict={conflict}
      who={who(info.key)}
      mine={valueOf(form.state, info)}
      onSettle={(keep) => form.settle(info.key, keep)}
    />
  );
}

/** Brands and categories that exist already. */
function useSuggestions(): Partial<Record<Field, string[]>> {
  const { data } = useQuery(commandQuery(useHost(), "products.facets", {}));
  return useMemo(
    () => ({ brand: valuesOf(data?.brands), category: valuesOf(data?.categories) }),
    [data],
  );
}

function valuesOf(facets: Facet[] | undefined): string[] {
  return (facets ?? []).map(({ value }) => value).filter(Boolean);
}
