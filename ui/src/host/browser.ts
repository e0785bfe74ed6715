import type { ViteHotContext } from "vite/types/hot.js";

import type { Error as CoreError, Event } from "../bindings";
import { CommandError } from "../lib/errors";
import type { CommandName, Host, Request, Response } from "./host";
import { ANSWER, ASK, type Ask, DROP, type Drop, EVENT } from "./messages";

type Answer = { id: number; ok: never } | { id: number; error: CoreError };

interface Waiting {
  /** Only the caller knows what the answer to the command is. */
  resolve: (answer: never) => void;
  reject: (error: CommandError) => void;
}

/** The host of a browser during development: a core behind the server of Vite. There are no dialogs and no pictures. */
export function browserHost(hot: ViteHotContext): Host {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: Event) => void>();
  const tell = (event: Event) => {
    for (const listener of listeners) listener(event);
  };
  let nextId = 1;
  hot.on(ANSWER, (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("ok" in answer) asked?.resolve(answer.ok);
    else asked?.reject(new CommandError(answer.error));
  });
  hot.on(EVENT, tell);
  followDrags(tell, (dropped) => hot.send(DROP, dropped));
  const call = <N extends CommandName>(name: N, request: Request<N>) =>
    new Promise<Response<N>>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      hot.send(ASK, { id, name, request } satisfies Ask<N>);
    });
  return {
    call,
    openListing: async (id) => {
      const { address } = await call("listings.address", { id });
      window.open(address, "_blank", "noopener,noreferrer");
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    copyText: (text) => navigator.clipboard.writeText(text),
    pasteImage: () => Promise.resolve(null),
    imageUrl: () => null,
    zoom: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** Turns the browser's own drag and drop into the events of the shell. */
function followDrags(tell: (event: Event) => void, drop: (dropped: Drop) => void): void {
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("dragenter", (event) => {
    if (event.relatedTarget === null) tell({ type: "dragEntered", names: ["the file"] });
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) tell({ type: "dragLeft" });
  });
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    tell({ type: "dragLeft" });
    for (const file of event.dataTransfer?.files ?? []) {
      void file.text().then((content) => drop({ name: file.name, content }));
    }
  });
}
