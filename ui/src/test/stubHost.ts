import type { CommandName, Host } from "../host/host";

/** A host that answers what a test says, for what knows no more of the core than that. */
export function stubHost(answer: (name: CommandName) => unknown): Host {
  return {
    call: async (name) => JSON.parse(JSON.stringify(answer(name))),
    onEvent: () => () => {},
    copyText: () => Promise.resolve(),
    zoom: () => Promise.resolve(),
  };
}
