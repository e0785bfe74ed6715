import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

import { type Connection, type ConnectionWatch, watchConnection } from "./connection";
import { HostProvider } from "./context";
import { refetchStale, invalidateData } from "./events";
import type { Host } from "./host";

const WatchContext = createContext<ConnectionWatch | null>(null);

/** Gives everything below it the door to the core, and what is known about the connection. */
export function ConnectionProvider({ host, children }: { host: Host; children: ReactNode }) {
  const client = useQueryClient();
  const [watch] = useState(() =>
    watchConnection(host, () => {
      invalidateData(client);
      refetchStale(client);
    }),
  );
  return (
    <WatchContext.Provider value={watch}>
      <HostProvider value={watch.host}>{children}</HostProvider>
    </WatchContext.Provider>
  );
}

/** How the connection is, and how to ask at once. */
export function useConnection(): { connection: Connection; retry: () => void } {
  const watch = useContext(WatchContext);
  if (!watch) throw new Error("useConnection needs a ConnectionProvider above it.");
  const connection = useSyncExternalStore(watch.subscribe, watch.read);
  return { connection, retry: watch.retry };
}
