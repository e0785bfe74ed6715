import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Event } from "../bindings";
import { CommandError } from "../lib/errors";
import { OFFLINE_AFTER_MS, PROBE_MS, watchConnection } from "./connection";
import { stubHost } from "../test/stubHost";
import type { Host } from "./host";

const UNREACHABLE = new CommandError({ code: "unreachable", message: "Nothing answers." });

/** A host whose database can be taken away. */
function someHost() {
  const server = { isUp: true, asked: [] as string[], refusal: null as CommandError | null };
  const host = stubHost((name) => {
    server.asked.push(name);
    if (!server.isUp && name !== "jobs.list") throw UNREACHABLE;
    if (server.refusal) throw server.refusal;
    return [];
  });
  return { host, server };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function ask(host: Host): Promise<void> {
  await host.call("roles.list", {}).catch(() => {});
}

test("a database that does not answer is asked again, is offline after a while, and is back at once", async () => {
  const { host, server } = someHost();
  const onBack = vi.fn<() => void>();
  const watch = watchConnection(host, onBack);
  expect(watch.read()).toEqual({ state: "online" });

  server.isUp = false;
  const since = Date.now();
  await ask(watch.host);
  expect(watch.read()).toEqual({ state: "retrying", since });
  await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS + PROBE_MS);
  expect(watch.read()).toEqual({ state: "offline", since });
  expect(server.asked.filter((name) => name === "settings.get").length).toBeGreaterThan(1);
  expect(onBack).not.toHaveBeenCalled();

  server.isUp = true;
  await vi.advanceTimersByTimeAsync(PROBE_MS);
  expect(watch.read()).toEqual({ state: "online" });
  expect(onBack).toHaveBeenCalledTimes(1);
  const asked = server.asked.length;
  await vi.advanceTimersByTimeAsync(PROBE_MS * 3);
  expect(server.asked.length, "nothing is asked while all is well").toBe(asked);
});

test("a database that dies while the window rests is noticed", async () => {
  const { host, server } = someHost();
  const listeners: ((event: Event) => void)[] = [];
  host.onEvent = (listener) => {
    listeners.push(listener);
    return () => {};
  };
  const tell = (event: Event) => listeners.forEach((listener) => listener(event));
  const watch = watchConnection(host, () => {});
  server.isUp = false;
  const since = Date.now();
  tell({ type: "unreachable" });
  expect(watch.read()).toEqual({ state: "retrying", since });
  for (let passed = 0; passed < OFFLINE_AFTER_MS + PROBE_MS; passed += 1000) {
    tell({ type: "unreachable" });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(watch.read()).toEqual({ state: "offline", since });
  server.isUp = true;
  await vi.advanceTimersByTimeAsync(PROBE_MS);
  expect(watch.read()).toEqual({ state: "online" });
});

test("what answers without the database does not say that the database is back", async () => {
  const { host, server } = someHost();
  const watch = watchConnection(host, () => {});
  server.isUp = false;
  await ask(watch.host);
  await watch.host.call("jobs.list", {});
  expect(watch.read().state).toBe("retrying");
});

test("a refusal is an answer: the database is there", async () => {
  const { host, server } = someHost();
  const watch = watchConnection(host, () => {});
  server.isUp = false;
  await ask(watch.host);
  server.isUp = true;
  server.refusal = new CommandError({ code: "locked", message: "The window is locked." });
  await vi.advanceTimersByTimeAsync(PROBE_MS);
  expect(watch.read().state).toBe("online");
});

test("listeners hear of each change until they stop", async () => {
  const { host, server } = someHost();
  const watch = watchConnection(host, () => {});
  const listener = vi.fn<() => void>();
  const stop = watch.subscribe(listener);
  server.isUp = false;
  await ask(watch.host);
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
  server.isUp = true;
  await ask(watch.host);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(watch.read().state).toBe("online");
});

test("a shop that cannot be reached says nothing of the database", async () => {
  const { host, server } = someHost();
  const watch = watchConnection(host, () => {});
  server.isUp = false;
  await watch.host.call("channels.test", { id: "one" }).catch(() => {});
  expect(watch.read()).toEqual({ state: "online" });
});
