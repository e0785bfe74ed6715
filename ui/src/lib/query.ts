import { MutationCache, QueryCache, QueryClient, queryOptions } from "@tanstack/react-query";

import type { CommandName, Host, Request } from "../host/host";
import { isTransient, remedyOf, toCoreError } from "./errors";

const KEPT_MS = 5 * 60_000;

/** The cache of what the core answered. Events say when it is out of date; nothing is polled. */
export function createQueryClient(): QueryClient {
  // A user who is signed out or without a workspace meanwhile must see so, whatever was asked for.
  const onError = (error: unknown) => {
    if (remedyOf(toCoreError(error)) === "sign_in") {
      void client.invalidateQueries({ queryKey: ["app.state"] });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
        retry: (failures, error) => failures < 2 && isTransient(error),
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}

/**
 * The query of a command that only reads. Its key is the command's name and its request.
 * `gcTime` is how long an answer is kept that is not shown.
 */
export function commandQuery<N extends CommandName>(
  host: Host,
  name: N,
  request: Request<N>,
  { gcTime = KEPT_MS } = {},
) {
  return queryOptions({
    queryKey: [name, request] as const,
    queryFn: () => host.call(name, request),
    gcTime,
  });
}
