import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import type { Plugin, ViteDevServer } from "vite";

import { toCoreError } from "../../lib/errors";
import { ANSWER, ASK, type Ask, DROP, type Drop, EVENT } from "../messages";
import { Pipe } from "./pipe";

/**
 * During development in a browser: puts a core behind the page, over the connection that Vite keeps
 * to it anyway. The core keeps its data in `folder`, and starts with the first command.
 */
export function coreForBrowser(folder: string): Plugin {
  return {
    name: "backstock-core",
    apply: (_, { command, mode }) => command === "serve" && mode === "development",
    configureServer: (server) => serve(server, folder),
  };
}

function serve(server: ViteDevServer, folder: string): void {
  let started: Pipe | undefined;
  const core = () => (started ??= start(server, folder));
  server.ws.on(ASK, ({ id, name, request }: Ask, page) => {
    core()
      .call(name, request)
      .then((ok) => page.send(ANSWER, { id, ok }))
      .catch((error: unknown) => page.send(ANSWER, { id, error: toCoreError(error) }));
  });
  server.ws.on(DROP, ({ name, content }: Drop) => {
    drop(core(), join(folder, "dropped"), name, content).catch((error: unknown) =>
      server.config.logger.error(String(error)),
    );
  });
  server.httpServer?.once("close", () => void started?.close());
}

function start(server: ViteDevServer, folder: string): Pipe {
  const core = new Pipe(folder);
  core.listen((event) => server.ws.send(EVENT, event));
  return core;
}

/** Turns what was dropped on the page into a file that the core knows by a token. */
async function drop(core: Pipe, folder: string, name: string, content: string): Promise<void> {
  const path = join(folder, basename(name));
  await mkdir(folder, { recursive: true });
  await writeFile(path, content);
  core.emit({ type: "filesDropped", files: [await core.grant(path)] });
}
