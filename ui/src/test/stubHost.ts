import type { CommandName, Host, Request, Response } from "../host/host";

/** A host that answers what a test says, for what knows no more of the core than that. */
export function stubHost(answer: (name: CommandName) => unknown): Host {
  return {
    call: async (name) => JSON.parse(JSON.stringify(answer(name))),
    onEvent: () => () => {},
    copyText: () => Promise.resolve(),
    pasteImage: () => Promise.resolve(null),
    imageUrl: () => null,
    openListing: () => Promise.resolve(),
    zoom: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** What a host answers in place of the core; `real` asks the core. */
export type Script = {
  [N in CommandName]?: (
    request: Request<N>,
    real: () => Promise<Response<N>>,
  ) => Response<N> | Promise<Response<N>>;
};

/** A host that follows a script where there is one: for what a core is hard to bring to. */
export function follow<H extends Host>(host: H, script: Script): H {
  const call = host.call.bind(host);
  host.call = async <N extends CommandName>(name: N, request: Request<N>) => {
    const line: Script[N] = script[name];
    return line ? line(request, () => call(name, request)) : call(name, request);
  };
  return host;
}
