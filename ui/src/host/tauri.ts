import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";

import type { Event, StoredImages } from "../bindings";
import { toCommandError } from "../lib/errors";
import type { CommandName, Host, Request, Response } from "./host";

/** The host inside the desktop app: the only file that knows the shell. */
export function tauriHost(): Host {
  return {
    call: <N extends CommandName>(name: N, request: Request<N>) =>
      asked<Response<N>>("call", { name, request }),
    copyText: (text) => asked<void>("copy_text", { text }),
    pasteImage: () => asked<StoredImages | null>("paste_image", {}),
    imageUrl: (address, size) =>
      `${convertFileSrc(size, "image")}?address=${encodeURIComponent(address)}`,
    openListing: (listing) => asked<void>("open_listing", { listing }),
    zoom: (factor) => getCurrentWebview().setZoom(factor),
    close: (jobs) => asked<void>("close", { stopsJobs: jobs === "stop" }),
    onEvent(listener) {
      const listening = listen<Event>("backstock", (event) => listener(event.payload));
      return () => {
        void listening.then((stop) => stop());
      };
    },
  };
}

async function asked<T>(command: string, request: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, request);
  } catch (cause) {
    throw toCommandError(cause);
  }
}
