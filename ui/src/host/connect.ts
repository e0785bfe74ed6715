import { CommandError } from "../lib/errors";
import type { Host } from "./host";
import { tauriHost } from "./tauri";

/**
 * The host of this window. Without the desktop shell there is one only during development: the
 * in-memory double, which is never part of a production bundle.
 */
export async function connectHost(): Promise<Host> {
  if ("__TAURI_INTERNALS__" in window) return tauriHost();
  if (import.meta.env.DEV) {
    const { fakeHostFromUrl } = await import("./fake");
    return fakeHostFromUrl(window.location.search);
  }
  throw new CommandError({
    code: "internal",
    message: "This page works only inside the Backstock app.",
  });
}
