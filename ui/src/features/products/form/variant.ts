import type { Field, Fields } from "../../../bindings";
import { valueIn } from "../../../lib/values";

/** What each variant has for itself: its parent's would be wrong, or a double. */
const ITS_OWN: readonly Field[] = [
  "sku",
  "barcode",
  "stock",
  "variant_position",
  "option1_value",
  "option2_value",
  "option3_value",
];

const OPTION_NAMES: readonly Field[] = ["option1_name", "option2_name", "option3_name"];

/** The values that a new variant starts with: its parent's, and the option names of a sibling. */
export function variantOf(blank: Fields, parent: Fields, sibling: Fields | null): Fields {
  return {
    ...parent,
    ...part(blank, ITS_OWN),
    ...part(sibling ?? parent, OPTION_NAMES),
    parent_sku: valueIn(parent, "sku"),
  };
}

function part(fields: Fields, wanted: readonly Field[]): Fields {
  return Object.fromEntries(wanted.map((field) => [field, valueIn(fields, field)]));
}
