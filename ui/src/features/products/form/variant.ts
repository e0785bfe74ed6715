import type { Fields } from "../../../bindings";
import { blankFields } from "../../../lib/values";

/** What each variant has for itself: its parent's would be wrong, or a double. */
const ITS_OWN = [
  "sku",
  "barcode",
  "stock",
  "option1_value",
  "option2_value",
  "option3_value",
] as const satisfies (keyof Fields)[];

/** The values that a new variant starts with: its parent's, and the option names of a sibling. */
export function variantOf(parent: Fields, sibling: Fields | null): Fields {
  const blank = blankFields();
  const own = Object.fromEntries(ITS_OWN.map((field) => [field, blank[field]]));
  const { option1_name, option2_name, option3_name } = sibling ?? parent;
  return { ...parent, ...own, parent_sku: parent.sku, option1_name, option2_name, option3_name };
}
