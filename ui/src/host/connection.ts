import { toCoreError } from "../lib/errors";
import type { CommandName, Host } from "./host";

/** Whether the workspace's database answers, and since when it does not. */
export type Connection =
  { state: "online" } | { state: "retrying"; since: number } | { state: "offline"; since: number };

/** What is known about the connection, and who wants to hear of it. */
export interface ConnectionWatch {
  /** The host, watched: each command tells how the connection is. */
  host: Host;
  read: () => Connection;
  subscribe: (listener: () => void) => () => void;
  /** Asks at once. */
  retry: () => void;
}

/** A failure or two may be a hiccup; what goes on for longer is called offline. */
export const OFFLINE_AFTER_MS = 4000;
/** How often an unreachable database is asked again. */
export const PROBE_MS = 3000;

/** The areas whose commands read the database itself; others may answer without it. */
const ASKS_DATABASE = new Set(["products", "batches", "users", "roles", "history", "settings"]);

/** Commands that ask a shop: what they cannot reach is the shop, and says nothing of the database. */
const ASKS_SHOP = new Set<CommandName>(["channels.connect", "channels.reconnect", "channels.test"]);

const ONLINE: Connection = { state: "online" };

/** Watches the commands of `host`; `onBack` is called when the database answers again. */
export function watchConnection(host: Host, onBack: () => void): ConnectionWatch {
  let connection = ONLINE;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const change = (next: Connection) => {
    connection = next;
    for (const listener of listeners) listener();
  };
  const answered = () => {
    if (connection.state === "online") return;
    clearTimeout(timer);
    change(ONLINE);
    onBack();
  };
  const failed = () => {
    const since = connection.state === "online" ? Date.now() : connection.since;
    const isLong = Date.now() - since >= OFFLINE_AFTER_MS;
    change({ state: isLong ? "offline" : "retrying", since });
    clearTimeout(timer);
    timer = setTimeout(probe, PROBE_MS);
  };
  const heard = (name: CommandName, error?: unknown) => {
    if (ASKS_SHOP.has(name)) return;
    if (error !== undefined && toCoreError(error).code === "unreachable") failed();
    else if (error === undefined && ASKS_DATABASE.has(name.split(".")[0] ?? "")) answered();
  };
  const watched: Host = {
    onEvent: (listener) => host.onEvent(listener),
    copyText: (text) => host.copyText(text),
    pasteImage: () => host.pasteImage(),
    imageUrl: (address, size) => host.imageUrl(address, size),
    openListing: (listing) => host.openListing(listing),
    zoom: (factor) => host.zoom(factor),
    close: (jobs) => host.close(jobs),
    call: async (name, request) => {
      try {
        const answer = await host.call(name, request);
        heard(name);
        return answer;
      } catch (error) {
        heard(name, error);
        throw error;
      }
    },
  };
  host.onEvent(({ type }) => {
    // While it is known already, the questions go on at their own pace.
    if (type === "unreachable" && connection.state === "online") failed();
  });
  function probe(): void {
    watched.call("settings.get", {}).catch((error: unknown) => {
      // Any other refusal, such as of a locked window, is an answer too.
      if (toCoreError(error).code !== "unreachable") answered();
    });
  }
  return {
    host: watched,
    read: () => connection,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: probe,
  };
}
