/** Which batches are listed: what files brought, or any change. */
import type { Origin } from "../../bindings";

/** The two views of the list. */
export type BatchView = "imports" | "all";

/** What the list of imports shows: files, the practice catalogue, and what took them back. */
const IMPORT_ORIGINS: readonly Origin[] = ["import", "practice", "undo"];

/** The origins to ask for; null for every one. */
export function originsOf(view: BatchView, origin: Origin | null): Origin[] | null {
  if (origin !== null) return [origin];
  return view === "imports" ? [...IMPORT_ORIGINS] : null;
}
