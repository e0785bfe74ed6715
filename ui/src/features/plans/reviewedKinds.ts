import type { Kind, KindInfo, PlannedRecord } from "../../bindings";

/**
 * The kinds by whose fields the records of a plan are told. What goes to a shop is told by the fields of
 * products, so that both directions stand in the same columns.
 */
export function reviewedKinds(described: readonly KindInfo[], kinds: readonly Kind[]): KindInfo[] {
  const told = new Set(kinds.map(asProduct));
  return described.filter(({ key }) => told.has(key));
}

/** The kind by whose fields a record is told. */
export function productKind({ kind }: Pick<PlannedRecord, "kind">): Kind {
  return asProduct(kind);
}

function asProduct(kind: Kind): Kind {
  return kind === "listing" ? "product" : kind;
}
