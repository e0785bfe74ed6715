import type { QueryClient } from "@tanstack/react-query";

import type { AppState, Event } from "../bindings";
import type { Host } from "./host";
import { rememberJob } from "./jobs";

/** What a change of data makes out of date, by the first word of a command's name. */
const DATA_AREAS = new Set([
  "products",
  "suppliers",
  "supplier_products",
  "batches",
  "plans",
  "users",
  "roles",
  "history",
  "settings",
]);

/** Keeps the cache in step with the core; answers how to stop. */
export function followEvents(host: Host, client: QueryClient): () => void {
  return host.onEvent((event) => handleEvent(client, event));
}

/** What one event means for the cache. Dragging and dropping files means nothing to it. */
export function handleEvent(client: QueryClient, event: Event): void {
  switch (event.type) {
    case "stateChanged":
      void client.invalidateQueries({ queryKey: ["app.state"] });
      void client.invalidateQueries({ queryKey: ["workspaces.list"] });
      break;
    case "dataChanged":
      invalidateData(client);
      break;
    case "job":
      rememberJob(client, event.job);
      if (event.job.state !== "running") {
        void client.invalidateQueries({ queryKey: ["plans.get"] });
        void client.invalidateQueries({ queryKey: ["plans.rows"] });
      }
      break;
    case "dragEntered":
    case "dragLeft":
    case "filesDropped":
      break;
  }
}

/**
 * Marks all that shows data as out of date. While the window is locked the core answers nothing
 * about it: it is read again after that, and what is on the screen stays.
 */
export function invalidateData(client: QueryClient): void {
  const isLocked = client.getQueryData<AppState>(["app.state", {}])?.stage === "locked";
  void client.invalidateQueries({
    predicate: ({ queryKey: [name] }) =>
      typeof name === "string" && DATA_AREAS.has(name.split(".")[0] ?? ""),
    refetchType: isLocked ? "none" : "active",
  });
  void client.invalidateQueries({ queryKey: ["app.state"] });
}

/** Reads again what is shown and out of date, or could not be read. */
export function refetchStale(client: QueryClient): void {
  void client.refetchQueries({
    type: "active",
    predicate: (query) => query.state.isInvalidated || query.state.status === "error",
  });
}
