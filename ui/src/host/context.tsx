import { createContext, useContext } from "react";

import type { Host } from "./host";

const HostContext = createContext<Host | null>(null);

/** Gives everything below it the door to the core. */
export const HostProvider = HostContext.Provider;

/** The door to the core. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error("useHost needs a HostProvider above it.");
  return host;
}
