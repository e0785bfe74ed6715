import type { Change, Field, FieldKind, PlannedRecord, Value } from "../../bindings";
import { blankFields, valueIn } from "../../lib/values";
import { FIELDS } from "./fields";

const SAMPLES: Record<FieldKind, (index: number) => Value> = {
  code: (index) => `AB-${1000 + index}`,
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

function changesOf(index: number, fields: readonly Field[]): Change[] {
  const blank = blankFields();
  return fields.map((field) => {
    const kind = FIELDS.find(({ key }) => key === field)?.kind ?? "text";
    return { field, old: valueIn(blank, field), new: SAMPLES[kind](index) };
  });
}

/** Row `index` of a file, as the plan has it: each is a new product. */
export function importRow(index: number, fields: readonly Field[]): PlannedRecord {
  return {
    number: index + 1,
    line: index + 2,
    implied: false,
    outcome: "create",
    operation: "create",
    kind: "product",
    recordId: `p${index}`,
    expectedVersion: 0,
    code: `AB-${1000 + index}`,
    title: `Cotton T-shirt ${index}`,
    changes: changesOf(index, fields),
    conflicts: [],
    resolution: null,
    changedBy: null,
    changedAt: null,
    problems: [],
    notes: [],
  };
}
