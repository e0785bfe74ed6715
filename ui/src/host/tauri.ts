import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Event } from "../bindings";
import { toCommandError } from "../lib/errors";
import type { CommandName, Host, Request, Response } from "./host";

/** The host inside the desktop app: the only file that knows the shell. */
export function tauriHost(): Host {
  return {
    async call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
      try {
        return await invoke<Response<N>>("call", { name, request });
      } catch (cause) {
        throw toCommandError(cause);
      }
    },
    onEvent(listener) {
      const listening = listen<Event>("backstock", (event) => listener(event.payload));
      return () => {
        void listening.then((stop) => stop());
      };
    },
  };
}
