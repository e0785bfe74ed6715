/** Where a record of a sync goes. */
import type { PlannedRecord, Resolution } from "../../bindings";

/** Where a record goes: to the shop, or here. */
export type Way = "shop" | "here";

/** Where a record goes; null of what goes nowhere, and of a plan that is no sync. */
export function wayOf(record: PlannedRecord, shop: string | null): Way | null {
  const { kind, outcome, resolution } = record;
  if (shop === null) return null;
  if (kind === "listing") return "shop";
  // Of a conflict the decision says it.
  if (outcome === "conflict") return WAYS[resolution ?? "open"];
  return outcome === "create" || outcome === "update" ? "here" : null;
}

const WAYS: Record<Resolution | "open", Way | null> = { keep: "shop", take: "here", open: null };

/** The same as a word; empty for nowhere. */
export function directionText(record: PlannedRecord, shop: string | null): string {
  return wayOf(record, shop) ?? "";
}
