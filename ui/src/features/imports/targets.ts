/** What a column can feed, grouped as people look for it, and which target is taken already. */
import type { ImportDraft, ImportTarget } from "../../bindings";

/** Targets under one heading. */
export interface TargetGroup {
  readonly label: string;
  readonly targets: readonly ImportTarget[];
}

const GROUPS: readonly [label: string, keys: readonly string[]][] = [
  ["Identification", ["sku", "parent_sku", "handle", "barcode"]],
  ["Description", ["name", "subtitle", "brand", "category", "tags", "description"]],
  ["Stock and sale", ["stock", "active", "tax_free", "taxable"]],
  ["Prices", ["store_price", "rrp", "cost", "promo_price", "promo_start", "promo_end"]],
  ["Measures", ["weight", "grams", "length", "width", "height", "cubic"]],
  [
    "Options of a variant",
    [
      "option1_name",
      "option1_value",
      "option2_name",
      "option2_value",
      "option3_name",
      "option3_value",
    ],
  ],
  ["Search engines", ["seo_title", "seo_description"]],
];

/** The targets under their headings; what no heading names comes last, so that nothing is lost. */
export function targetGroups(targets: readonly ImportTarget[]): TargetGroup[] {
  const named = new Set(GROUPS.flatMap(([, keys]) => keys));
  const groups = GROUPS.map(([label, keys]) => ({
    label,
    targets: keys.flatMap((key) => targets.filter((t) => t.key === key)),
  }));
  const others = targets.filter((target) => !named.has(target.key));
  return [...groups, { label: "Other", targets: others }].filter(
    (group) => group.targets.length > 0,
  );
}

/**
 * The column that feeds `target` already, or the same field in another form (grams and weight);
 * null when it is free for `column`.
 */
export function takenBy(
  target: ImportTarget,
  column: number,
  columns: readonly (string | null)[],
  targets: readonly ImportTarget[],
): number | null {
  const fills = (key: string | null) => {
    const found = targets.find((t) => t.key === key);
    return found?.field ?? found?.key ?? key;
  };
  const wanted = target.field ?? target.key;
  const at = columns.findIndex(
    (key, index) => index !== column && key !== null && fills(key) === wanted,
  );
  return at < 0 ? null : at;
}

/** What a column can be told to feed. */
export interface TargetOption {
  readonly key: string;
  readonly label: string;
  /** The header of the column that feeds it already; null when it is free. */
  readonly taken: string | null;
}

/** Choices under one heading. */
export interface TargetOptions {
  readonly label: string;
  readonly options: readonly TargetOption[];
}

/** The choices for one column, each with the column that has taken it. */
export function targetOptions(
  draft: Pick<ImportDraft, "targets" | "columns">,
  columns: readonly (string | null)[],
  column: number,
): TargetOptions[] {
  return targetGroups(draft.targets).map((group) => ({
    label: group.label,
    options: group.targets.map((target) => {
      const other = takenBy(target, column, columns, draft.targets);
      const taken = other === null ? null : (draft.columns[other]?.header ?? `Column ${other + 1}`);
      return { key: target.key, label: target.label, taken };
    }),
  }));
}
