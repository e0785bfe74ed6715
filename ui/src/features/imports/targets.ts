/** What a column can feed, grouped as people look for it, and which target is taken already. */
import type { ImportTarget } from "../../bindings";

/** Targets under one heading. */
export interface TargetGroup {
  readonly label: string;
  readonly targets: readonly ImportTarget[];
}

const GROUPS: readonly [label: string, keys: readonly string[]][] = [
  ["Identification", ["sku", "parent_sku", "handle", "product_sku", "supplier_sku", "barcode"]],
  ["Description", ["name", "subtitle", "brand", "category", "tags", "description"]],
  [
    "Images",
    ["images", "main_image", "alt_images", "image_shows", "image_position", "variant_image"],
  ],
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
  ["SEO", ["seo_title", "seo_description"]],
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

/** What a target fills in the end: grams and weight are the same to a product. */
function filledBy({ key, field }: ImportTarget): string {
  return field ?? key;
}

/** Which columns feed something, by what they fill. */
export type Feeders = ReadonlyMap<string, readonly number[]>;

/** The columns that feed something. Asked once for a mapping, not for each of its columns. */
export function feedersOf(
  targets: readonly ImportTarget[],
  columns: readonly (string | null)[],
): Feeders {
  const fills = new Map(targets.map((target) => [target.key, filledBy(target)]));
  const feeders = new Map<string, number[]>();
  for (const [index, key] of columns.entries()) {
    if (key === null) continue;
    const filled = fills.get(key) ?? key;
    feeders.set(filled, [...(feeders.get(filled) ?? []), index]);
  }
  return feeders;
}

/** The column that feeds `target` already; null when it is free for `column`. */
export function takenBy(target: ImportTarget, column: number, feeders: Feeders): number | null {
  return feeders.get(filledBy(target))?.find((index) => index !== column) ?? null;
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
  groups: readonly TargetGroup[],
  headers: readonly string[],
  feeders: Feeders,
  column: number,
): TargetOptions[] {
  return groups.map((group) => ({
    label: group.label,
    options: group.targets.map((target) => {
      const other = takenBy(target, column, feeders);
      const taken = other === null ? null : (headers[other] ?? `Column ${other + 1}`);
      return { key: target.key, label: target.label, taken };
    }),
  }));
}
