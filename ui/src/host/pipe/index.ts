import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { inject, onTestFinished } from "vitest";

import type { DataRecord, Event, RecordId, Value } from "../../bindings";
import { valueIn } from "../../lib/values";
import type { Host } from "../host";
import { Pipe } from "./pipe";
import { PASSWORD, STAFF, type StaffRole } from "./staff";

export { PASSWORD, STAFF, type StaffRole };

/** What a core begins with. */
export interface CoreOptions {
  /** Who is signed in to a copy of the template; no user, or there is not even a workspace. */
  as?: StaffRole | "nobody" | "nothing";
}

/** The real core, as the window sees it, and what tests do around it. */
export interface CoreHost extends Host {
  /** Tells the window something, as a shell would. */
  emit(event: Event): void;
  /** Writes a file and answers its path. */
  file(name: string, content: string): Promise<string>;
  /** A file that was written. */
  read(name: string): Promise<string>;
  /** A token for a file, as a person gets one by choosing or dropping it. */
  grant(path: string): ReturnType<Pipe["grant"]>;
  /** Says which file of the test the next dialog answers. */
  choose(name: string): Promise<void>;
  /** Says which path the next dialog answers. */
  choosePath(path: string): Promise<void>;
  /** The listings that were opened in the browser. */
  opened: RecordId[];
  /** The file of the workspace that was copied. */
  workspace: string;
  /** Another desktop with the same workspace open, where a member of the staff is signed in. */
  another(as: StaffRole): Promise<CoreHost>;
}

/** A core of its own for the test that runs, over a copy of the template. */
export async function coreHost({ as = "owner" }: CoreOptions = {}): Promise<CoreHost> {
  const folder = await mkdtemp(join(inject("folder"), "test-"));
  const workspace = join(folder, "shop-north.sqlite");
  if (as === "nothing") return start(folder);
  await copyFile(inject("template"), workspace);
  return open(folder, workspace, as);
}

/** A core with a workspace of which only its owner is known. */
export async function emptyHost(): Promise<CoreHost> {
  const host = await coreHost({ as: "nothing" });
  await host.call("workspaces.create_local", { name: "Shop North" });
  await host.call("session.create_owner", { ...STAFF.owner, password: PASSWORD, currency: "GBP" });
  return host;
}

async function open(
  folder: string,
  workspace: string,
  as: StaffRole | "nobody",
): Promise<CoreHost> {
  const host = start(folder, workspace);
  const { token } = await host.grant(workspace);
  await host.call("workspaces.open_file", { file: token });
  if (as !== "nobody") {
    await host.call("session.sign_in", { email: STAFF[as].email, password: PASSWORD });
  }
  return host;
}

function start(folder: string, workspace = ""): CoreHost {
  const pipe = new Pipe(folder);
  const opened: RecordId[] = [];
  onTestFinished(() => pipe.close());
  return {
    call: (name, request) => pipe.call(name, request),
    onEvent: (listener) => pipe.listen(listener),
    pasteImage: () => Promise.resolve(null),
    imageUrl: (address, size) => `image://localhost/${size}?address=${encodeURIComponent(address)}`,
    copyText: (text) => navigator.clipboard.writeText(text),
    openListing: (id) => {
      opened.push(id);
      return Promise.resolve();
    },
    opened,
    zoom: () => Promise.resolve(),
    close: () => Promise.resolve(),
    emit: (event) => pipe.emit(event),
    file: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFile(join(folder, name), "utf8"),
    grant: (path) => pipe.grant(path),
    choose: (name) => pipe.answerDialog(join(folder, name)),
    choosePath: (path) => pipe.answerDialog(path),
    workspace,
    another: async (as) => open(await mkdtemp(join(folder, "another-")), workspace, as),
  };
}

/** The product with a SKU. */
export async function productOf(host: Host, sku: string): Promise<DataRecord> {
  const [product] = await host.call("products.find", { skus: [sku] });
  if (!product) throw new Error(`There is no product ${sku}.`);
  return product;
}

/** Saves one field of a product, as a form would. */
export async function saveField(
  host: Host,
  sku: string,
  field: string,
  value: Value,
): Promise<DataRecord> {
  const { id, version, fields } = await productOf(host, sku);
  const changes = [{ field, old: valueIn(fields, field), new: value }];
  return (await host.call("products.update", { id, version, changes })).record;
}
