import type { CommandName, Host, Request, Response } from "../host";
import { planHandlers } from "./plans";
import { sessionHandlers } from "./session";
import { refuse, World, type FakeOptions, type Handlers } from "./world";

export type { FakeOptions };

/** A host without a core, for what is imported: everything lives in memory. */
export function fakeHost(options: FakeOptions = {}): Host {
  const world = new World(options);
  const handlers: Handlers = { ...sessionHandlers(world), ...planHandlers(world) };
  return {
    onEvent: (listener) => world.listen(listener),
    copyText: (text) => navigator.clipboard.writeText(text),
    zoom: () => Promise.resolve(),
    async call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
      const handler = handlers[name];
      if (!handler) throw refuse("internal", `The double does not know ${name}.`);
      const answer = await handler(structuredClone(request));
      return structuredClone(answer);
    },
  };
}
