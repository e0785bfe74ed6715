import type { CustomFilter, Value } from "../../bindings";
import { isCustom } from "../../lib/values";

/** What filters by fields of the workspace's own say, in the address: `custom.<id>=any:"summer"`. */

const PARTS = ["any", "from", "to", "empty"] as const;

/** Reads the filters from the address. Whatever it does not understand is left out. */
export function readCustom(params: URLSearchParams): CustomFilter[] {
  const filters = new Map<string, CustomFilter>();
  for (const [field, text] of params) {
    if (!isCustom(field)) continue;
    const colon = text.indexOf(":");
    const part = PARTS.find((each) => each === text.slice(0, colon));
    const value = readValue(text.slice(colon + 1));
    if (part === undefined || value === undefined) continue;
    const filter = filters.get(field) ?? { field };
    if (part === "any") filter.any = [...(filter.any ?? []), value];
    else if (part !== "empty") filter[part] = value;
    else if (typeof value === "boolean") filter.empty = value;
    else continue;
    filters.set(field, filter);
  }
  return Array.from(filters.values());
}

function readValue(json: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "string" || typeof value === "boolean") return value;
    return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the filters into the address. */
export function writeCustom(params: URLSearchParams, filters: readonly CustomFilter[]): void {
  for (const { field, any = [], from, to, empty } of filters) {
    for (const value of any) params.append(field, `any:${JSON.stringify(value)}`);
    if (from !== undefined) params.append(field, `from:${JSON.stringify(from)}`);
    if (to !== undefined) params.append(field, `to:${JSON.stringify(to)}`);
    if (empty !== undefined) params.append(field, `empty:${JSON.stringify(empty)}`);
  }
}
