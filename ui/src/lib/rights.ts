import type { Permission } from "../bindings";

/** Whether a person with these rights finds anything in the history. */
export function maySeeHistory(permissions: readonly Permission[]): boolean {
  return permissions.includes("view_products") || permissions.includes("view_history");
}
