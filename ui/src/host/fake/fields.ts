import type { Field, FieldInfo, FieldKind } from "../../bindings";

type Row = [Field, FieldKind, number, string, string];

const ROWS: Row[] = [
  [
    "sku",
    "code",
    100,
    "SKU",
    "What identifies the product everywhere. Compared exactly as written.",
  ],
  ["parent_sku", "code", 100, "Parent SKU", "For a variant: the product it is a variant of."],
  ["name", "text", 255, "Name", ""],
  ["subtitle", "text", 255, "Subtitle", ""],
  ["brand", "text", 100, "Brand", ""],
  ["category", "text", 255, "Category", "A path, from wide to narrow: Apparel > Shirts."],
  ["tags", "tags", 1000, "Tags", "Separated by commas."],
  ["description", "html", 65000, "Description", "HTML; shown without scripts."],
  ["barcode", "text", 100, "Barcode", "EAN, UPC or ISBN."],
  ["active", "flag", 0, "Active", "An inactive product is not for sale."],
  ["tax_free", "flag", 0, "Tax free", ""],
  [
    "stock",
    "integer",
    0,
    "Stock on hand",
    "A product with variants shows the sum of its variants.",
  ],
  ["rrp", "money", 0, "RRP", "Recommended retail price."],
  ["cost", "money", 0, "Cost", "What one costs to buy."],
  ["store_price", "money", 0, "Store price", "What a customer pays."],
  ["promo_price", "money", 0, "Promotion price", ""],
  ["promo_start", "date", 0, "Promotion starts", "First day of the promotion."],
  ["promo_end", "date", 0, "Promotion ends", "Last day of the promotion."],
  ["weight", "decimal", 0, "Weight", "Kilograms."],
  ["length", "decimal", 0, "Length", "As the channels have it; metres by convention."],
  ["width", "decimal", 0, "Width", "As the channels have it; metres by convention."],
  ["height", "decimal", 0, "Height", "As the channels have it; metres by convention."],
  ["cubic", "decimal", 0, "Cubic", "Volume for shipping; cubic metres by convention."],
  ["option1_name", "text", 100, "Option 1 name", "For a variant, such as Colour."],
  ["option1_value", "text", 255, "Option 1 value", "For a variant, such as Black."],
  ["option2_name", "text", 100, "Option 2 name", ""],
  ["option2_value", "text", 255, "Option 2 value", ""],
  ["option3_name", "text", 100, "Option 3 name", ""],
  ["option3_value", "text", 255, "Option 3 value", ""],
  ["seo_title", "text", 255, "SEO title", ""],
  ["seo_description", "long_text", 1000, "SEO description", ""],
];

/** The fields of a product, as the core declares them. */
export const FIELDS: FieldInfo[] = ROWS.map(([key, kind, maxChars, label, help]) => ({
  key,
  kind,
  maxChars,
  label,
  help,
}));
