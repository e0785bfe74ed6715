import type { Field, FieldInfo } from "../../../bindings";

/** A part of the form. */
export interface Section {
  id: string;
  title: string;
  fields: FieldInfo[];
}

const SECTIONS: [string, string, Field[]][] = [
  [
    "basics",
    "Basics",
    [
      "name",
      "sku",
      "subtitle",
      "barcode",
      "brand",
      "category",
      "tags",
      "active",
      "tax_free",
      "description",
    ],
  ],
  ["prices", "Prices", ["store_price", "rrp", "cost"]],
  ["promotion", "Promotion", ["promo_price", "promo_start", "promo_end"]],
  ["stock", "Stock and shipping", ["stock", "weight", "length", "width", "height", "cubic"]],
  [
    "options",
    "Options",
    [
      "parent_sku",
      "option1_name",
      "option1_value",
      "option2_name",
      "option2_value",
      "option3_name",
      "option3_value",
    ],
  ],
  ["seo", "Search engines", ["seo_title", "seo_description"]],
];

/** Fields that take the whole width of the form. */
const WIDE: ReadonlySet<Field> = new Set<Field>([
  "tags",
  "description",
  "parent_sku",
  "seo_description",
]);

/** Whether a field begins a row: the two days of a promotion stand side by side. */
export function beginsRow(field: Field): boolean {
  return field === "promo_start";
}

/** Whether a field takes the whole width. */
export function isWide(field: Field): boolean {
  return WIDE.has(field);
}

/** The form's sections with the fields that the person may see; what no section names comes last. */
export function sectionsOf(fields: readonly FieldInfo[]): Section[] {
  const left = new Map(fields.map((info) => [info.key, info]));
  const sections = SECTIONS.map(([id, title, keys]) => ({
    id,
    title,
    fields: keys.flatMap((key) => {
      const info = left.get(key);
      left.delete(key);
      return info ? [info] : [];
    }),
  }));
  const more = { id: "more", title: "More", fields: Array.from(left.values()) };
  return [...sections, more].filter((section) => section.fields.length > 0);
}
