import type {
  Change,
  Field,
  FieldConflict,
  FieldKind,
  Outcome,
  PlannedRecord,
  Problem,
  Value,
} from "../../bindings";
import { blankFields, valueIn } from "../../lib/values";
import { FIELDS } from "./fields";

/** What row `index` of every generated file comes to: always the same. */
export function outcomeOf(index: number): Outcome {
  if (index % 601 === 7) return "error";
  if (index % 4999 === 11) return "conflict";
  if (index % 23 === 0) return "create";
  if (index % 17 === 1) return "update";
  return index % 1201 === 40 ? "skipped" : "unchanged";
}

const PROBLEMS: Problem[] = [
  {
    column: "qty",
    field: "stock",
    value: "1O",
    message: 'Stock on hand "1O" is not a whole number.',
    hint: "Type digits only, e.g. 10.",
  },
  {
    column: "seo_title",
    field: "seo_title",
    value: "Soft cotton t-shirt for men and women ".repeat(8).trim(),
    message:
      "SEO title has at most 255 characters; this has 303. The value stands in the file with every word of the catalogue that the supplier could think of.",
    hint: "Shorten it to 255 characters, or leave the column out of the import when the shop writes its own titles.",
  },
  {
    column: "sku",
    field: "sku",
    value: "TSHIRT001-BLK-S",
    message: "The SKU TSHIRT001-BLK-S stands on line 2 already.",
    hint: "Keep one of the two rows.",
  },
];

const SAMPLES: Record<FieldKind, (index: number) => Value> = {
  code: (index) => skuOf(index),
  text: (index) => `Cotton T-shirt ${index}`,
  long_text: () => "Soft cotton t-shirt for men and women, in every size that there is.",
  html: () => "<p>A premium cotton t-shirt for everyday wear, cut from long-staple cotton.</p>",
  money: (index) => 129_000 + ((index * 977) % 700) * 100,
  decimal: (index) => 300 + (index % 7) * 50,
  integer: (index) => (index * 13) % 90,
  date: (index) => `2026-09-${String(10 + (index % 20))}`,
  flag: (index) => index % 3 === 0,
  tags: (index) => ["new", `drop ${index % 4}`],
};

function sample(field: Field, index: number): Value {
  const kind = FIELDS.find(({ key }) => key === field)?.kind ?? "text";
  return SAMPLES[kind](index);
}

function skuOf(index: number): string {
  return index % 50 === 0
    ? `SUPPLIER-2026-SUMMER-COLLECTION-EXTRA-LONG-IDENTIFIER-${index}`
    : `AB-${1000 + index}`;
}

function changesOf(outcome: Outcome, index: number, fields: readonly Field[]): Change[] {
  const blank = blankFields();
  if (outcome === "create") {
    return fields.map((field) => ({
      field,
      old: valueIn(blank, field),
      new: sample(field, index),
    }));
  }
  if (outcome !== "update") return [];
  return fields
    .filter((field, at) => field !== "sku" && (at + index) % 3 === 0)
    .map((field) => ({ field, old: sample(field, index + 3), new: sample(field, index) }))
    .filter((change) => change.old !== change.new);
}

function conflictsOf(index: number, fields: readonly Field[]): FieldConflict[] {
  return fields
    .filter((field) => field === "store_price")
    .map((field) => ({ field, base: 129_000, current: 95_000, proposed: sample(field, index) }));
}

function isApplied(outcome: Outcome): outcome is "create" | "update" {
  return outcome === "create" || outcome === "update";
}

const NOTES: Partial<Record<Outcome, string>> = {
  conflict: "Somebody changed it meanwhile: Store price.",
  skipped: "It has no name, and there is no product with this SKU.",
};

/** Row `index` of a generated file, as the plan has it. */
export function importRow(index: number, fields: readonly Field[]): PlannedRecord {
  const outcome = outcomeOf(index);
  const note = NOTES[outcome];
  const problem = PROBLEMS[Math.floor(index / 601) % PROBLEMS.length];
  const isConflict = outcome === "conflict";
  return {
    number: index + 1,
    line: index + 2,
    implied: false,
    outcome,
    operation: isConflict ? "update" : isApplied(outcome) ? outcome : null,
    kind: "product",
    recordId: outcome === "error" ? null : `p${index % 200}`,
    expectedVersion: outcome === "create" ? 0 : 1,
    code: skuOf(index),
    title: `Cotton T-shirt ${index}`,
    changes: changesOf(outcome, index, fields),
    conflicts: isConflict ? conflictsOf(index, fields) : [],
    resolution: null,
    changedBy: isConflict ? "Vic" : null,
    changedAt: isConflict ? Date.now() - 120_000 : null,
    problems: outcome === "error" && problem ? [problem] : [],
    notes: note === undefined ? [] : [note],
  };
}

/** The undo of a row that was applied; a few were edited since and are kept. */
export function undoRow(row: PlannedRecord, number: number): PlannedRecord {
  const isKept = number % 400 === 2;
  const isNew = row.outcome === "create";
  return {
    ...row,
    number,
    line: null,
    outcome: isKept ? "conflict" : "update",
    operation: isNew ? "trash" : "update",
    changes:
      isNew || isKept
        ? []
        : row.changes.map(({ field, old, new: now }) => ({ field, old: now, new: old })),
    conflicts:
      isNew || !isKept
        ? []
        : row.changes.map(({ field, old, new: now }) => ({
            field,
            base: now,
            current: 95_000,
            proposed: old,
          })),
    resolution: null,
    changedBy: isKept ? "Vic" : null,
    changedAt: isKept ? Date.now() - 120_000 : null,
    problems: [],
    notes: isKept ? ["It was edited since: Store price."] : [],
  };
}
