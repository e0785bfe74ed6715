import type { QueryClient } from "@tanstack/react-query";

import { AREAS, type AppState, type Event, type Kind } from "../bindings";
import type { Host } from "./host";
import { rememberJob } from "./jobs";

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
      invalidateData(client, event.kinds);
      break;
    case "job":
      rememberJob(client, event.job);
      if (event.job.state !== "running") {
        void client.invalidateQueries({ queryKey: ["plans.get"] });
        void client.invalidateQueries({ queryKey: ["plans.rows"] });
      }
      break;
    case "imagesChanged":
      void client.invalidateQueries({ queryKey: ["images.states"] });
      void client.invalidateQueries({ queryKey: ["images.failed"] });
      break;
    case "dragEntered":
    case "dragLeft":
    case "filesDropped":
    case "closeAsked":
    case "unreachable":
      break;
  }
}

/**
 * Marks what shows records of these kinds as out of date; all that shows data when none are named. While the window is locked the core answers nothing
 * about it: it is read again after that, and what is on the screen stays.
 */
export function invalidateData(client: QueryClient, kinds?: readonly Kind[]): void {
  const isLocked = client.getQueryData<AppState>(["app.state", {}])?.stage === "locked";
  void client.invalidateQueries({
    predicate: ({ queryKey: [name] }) =>
      typeof name === "string" && showsAny(name.split(".")[0] ?? "", kinds),
    refetchType: isLocked ? "none" : "active",
  });
  void client.invalidateQueries({ queryKey: ["app.state"] });
}

/** Whether the answers of an area of commands show records of one of the kinds. */
function showsAny(area: string, kinds: readonly Kind[] | undefined): boolean {
  const shown = Object.hasOwn(AREAS, area) ? AREAS[area] : undefined;
  if (shown === undefined) return false;
  return (
    shown === "everything" || kinds === undefined || shown.some((kind) => kinds.includes(kind))
  );
}

/** Reads again what is shown and out of date, or could not be read. */
export function refetchStale(client: QueryClient): void {
  void client.refetchQueries({
    type: "active",
    predicate: (query) => query.state.isInvalidated || query.state.status === "error",
  });
}
