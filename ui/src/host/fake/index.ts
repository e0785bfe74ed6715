import type { Event } from "../../bindings";
import type { CommandName, Host, Request, Response } from "../host";
import { accountHandlers } from "./account";
import { historyHandlers } from "./history";
import { peopleHandlers } from "./people";
import { planHandlers } from "./plans";
import { productHandlers } from "./products";
import { roleHandlers } from "./roles";
import { sessionHandlers } from "./session";
import { refuse, World, type FakeOptions, type Handlers } from "./world";

export type { FakeOptions };

/** An in-memory host with its insides open, for tests. */
export interface FakeHost extends Host {
  world: World;
  /** Tells the window something, as the core would. */
  emit(event: Event): void;
}

/** A host without a core: everything lives in memory and is gone with the page. */
export function fakeHost(options: FakeOptions = {}): FakeHost {
  const world = new World(options);
  const handlers: Handlers = {
    ...sessionHandlers(world),
    ...productHandlers(world),
    ...planHandlers(world),
    ...peopleHandlers(world),
    ...roleHandlers(world),
    ...accountHandlers(world),
    ...historyHandlers(world),
  };
  return {
    world,
    emit: (event) => world.emit(event),
    onEvent: (listener) => world.listen(listener),
    copyText: (text) => navigator.clipboard.writeText(text),
    zoom: () => Promise.resolve(),
    async call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
      if (world.latency > 0) await new Promise((done) => setTimeout(done, world.latency));
      const handler = handlers[name];
      if (!handler) throw refuse("internal", `The double does not know ${name}.`);
      const answer = await handler(structuredClone(request));
      return structuredClone(answer);
    },
  };
}

const SCENES: Record<string, FakeOptions> = {
  first: { stage: "choose_workspace", products: 0 },
  owner: { stage: "create_owner", products: 0 },
  signin: { stage: "sign_in" },
  password: { stage: "password_needed" },
  broken: {
    stage: "broken",
    problem: {
      code: "unreachable",
      message: "The database at db.example.com:3306 cannot be reached.",
      hint: "Check that the server runs and that this machine is on its network.",
    },
  },
  expired: { stage: "change_password" },
  locked: { stage: "locked" },
  manager: { role: "manager" },
  operator: { role: "operator" },
  viewer: { role: "viewer" },
  tampered: {
    tampered: [
      {
        batch: "before-42",
        label: "supplier-may.csv",
        person: "Ben Ode",
        at: Date.UTC(2026, 10, 2, 14, 5),
        what: "An entry of this batch was changed after it was written.",
      },
      {
        batch: "before-57",
        label: "supplier-june.csv",
        person: "Cho Park",
        at: Date.UTC(2026, 10, 9, 9, 30),
        what: "The batch that stood before it is missing.",
      },
    ],
  },
  empty: { products: 0 },
  million: { products: 1_000_000 },
};

/** A host for a browser during development; `?fake=million` and the like choose what it starts with. */
export function fakeHostFromUrl(search: string): Host {
  const scene = new URLSearchParams(search).get("fake") ?? "";
  const host = fakeHost({ latency: 60, ...SCENES[scene] });
  followDrags(host);
  return host;
}

/** Turns the browser's own drag and drop into the events of the shell. */
function followDrags(host: FakeHost): void {
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("dragenter", (event) => {
    if (event.relatedTarget === null)
      host.emit({ type: "dragEntered", names: ["supplier-june.csv"] });
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) host.emit({ type: "dragLeft" });
  });
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])].map(({ name, size }) => ({
      token: `dropped-${name}`,
      name,
      size,
    }));
    host.emit({ type: "filesDropped", files });
  });
}
