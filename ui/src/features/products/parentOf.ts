import type { DataRecord, RecordId } from "../../bindings";

/** The product that a variant belongs to: a product refers to no other record. */
export function parentOf({ references }: DataRecord): RecordId | null {
  return references[0] ?? null;
}
