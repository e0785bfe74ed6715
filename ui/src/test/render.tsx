import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

import { App } from "../app/App";
import type { Host } from "../host/host";
import { createQueryClient } from "../lib/query";

export { expectAccessible } from "./accessible";

/** The whole app at an address. */
export function renderWindow<H extends Host>(path: string, host: H) {
  window.location.hash = `#${path}`;
  const client = createQueryClient();
  const view = render(<App host={host} client={client} />);
  return { ...view, host, client, user: userEvent.setup({ delay: null }) };
}

/** A command that was given. */
export interface Call {
  name: string;
  request: unknown;
}

/** Notes every command that is given, in order. */
export function recordCalls(host: Host): Call[] {
  const calls: Call[] = [];
  const call = host.call.bind(host);
  host.call = (name, request) => {
    calls.push({ name, request });
    return call(name, request);
  };
  return calls;
}

/** Puts text into a field at once; typing key by key is for what happens at each key. */
export function fill(testId: string, text: string): void {
  fireEvent.change(screen.getByTestId(testId), { target: { value: text } });
}
