/** The options that products have under another parent: their own, and what is typed for them. */
import type { DataRecord, OptionPair, RecordId } from "../../../bindings";
import { textOf } from "../../../lib/values";
import { OPTION_NAMES, OPTION_VALUES } from "./variantColumns";

/** What is typed: by product and by the name of the option in lower case. */
export type TypedOptions = Readonly<Record<RecordId, Readonly<Record<string, string>>>>;

/** The options that a product has. */
export function ownPairs({ fields }: DataRecord): OptionPair[] {
  const pairs = OPTION_NAMES.map((name, at) => ({
    name: textOf(fields, name),
    value: textOf(fields, OPTION_VALUES[at] ?? name),
  }));
  return pairs.filter(({ name }) => name !== "");
}

/** The options to ask for: those of the family, or where it has none those that the products have themselves. */
export function namesOf(products: readonly DataRecord[], offered: readonly string[]): string[] {
  if (offered.length > 0) return [...offered];
  const names = new Map<string, string>();
  for (const { name } of products.flatMap(ownPairs)) {
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return Array.from(names.values());
}

/** What a product has as the value of an option: what is typed, or its own. */
export function valueUnder(
  products: readonly DataRecord[],
  id: RecordId,
  name: string,
  typed: TypedOptions,
): string {
  const key = name.toLowerCase();
  const product = products.find((each) => each.id === id);
  const own = product && ownPairs(product).find((pair) => pair.name.toLowerCase() === key);
  return typed[id]?.[key] ?? own?.value ?? "";
}

/** The options of a product under its new parent. */
export function pairsUnder(
  product: DataRecord,
  names: readonly string[],
  typed: TypedOptions,
): OptionPair[] {
  const pairs = names.map((name) => ({
    name,
    value: valueUnder([product], product.id, name, typed).trim(),
  }));
  return pairs.filter(({ value }) => value !== "");
}
