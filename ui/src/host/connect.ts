import { CommandError } from "../lib/errors";
import type { Host } from "./host";
import { tauriHost } from "./tauri";

/**
 * The host of this window. Without the desktop shell there is one only during development, which
 * is never part of a production bundle: a core behind the server of Vite.
 */
export async function connectHost(): Promise<Host> {
  if ("__TAURI_INTERNALS__" in window) return tauriHost();
  if (import.meta.hot) {
    const { browserHost } = await import("./browser");
    return browserHost(import.meta.hot);
  }
  throw new CommandError({
    code: "internal",
    message: "This page works only inside the Backstock app.",
  });
}
