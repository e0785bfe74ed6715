import { MantineProvider } from "@mantine/core";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { ConnectionProvider } from "../host/ConnectionProvider";
import { followEvents } from "../host/events";
import type { Host } from "../host/host";
import { CloseDialog } from "./CloseDialog";
import { ErrorBoundary } from "./ErrorBoundary";
import { Gate } from "./Gate";
import { applyDensity, readDensity } from "../lib/density";
import { withoutBrowserMenu } from "./browserMenu";
import { cssVariables, theme } from "./theme";
import { followZoomKeys } from "./zoom";

interface AppProps {
  host: Host;
  client: QueryClient;
}

/** The shell adds a nonce to this element; styles made at run time must carry it. */
function styleNonce(): string {
  return document.getElementById("nonce-carrier")?.nonce ?? "";
}

/** Everything: the theme, the cache, the door to the core, and the screen that the stage asks for. */
export function App({ host, client }: AppProps) {
  useEffect(() => followEvents(host, client), [host, client]);
  useEffect(() => applyDensity(readDensity()), []);
  useEffect(() => followZoomKeys(host), [host]);
  useEffect(() => (import.meta.env.PROD ? withoutBrowserMenu() : undefined), []);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
      env={import.meta.env.MODE === "test" ? "test" : "default"}
    >
      <QueryClientProvider client={client}>
        <ConnectionProvider host={host}>
          <ErrorBoundary>
            <Gate />
            <CloseDialog />
          </ErrorBoundary>
        </ConnectionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
