/**
 * Makes the workspace that each test gets a copy of, once for all of them: its owner, its staff, and
 * the practice catalogue. What the core declares is handed to tests that need no more than that.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import type { FieldInfo, JobId, KindInfo, PermissionInfo } from "../../bindings";
import { Pipe } from "./pipe";
import { PASSWORD, STAFF } from "./staff";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the template, in which tests make theirs. */
    folder: string;
    /** The file of the workspace. */
    template: string;
    /** What the core says of the kinds of record. */
    kinds: KindInfo[];
    /** The fields of a product. */
    fields: FieldInfo[];
    permissions: PermissionInfo[];
  }
}

/** Runs before all tests; answers what is to be done after them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "backstock-ui-"));
  const core = new Pipe(folder);
  const { location } = await core.call("workspaces.create_local", { name: "Shop North" });
  const { kinds } = await core.call("session.create_owner", {
    ...STAFF.owner,
    password: PASSWORD,
    currency: "GBP",
  });
  project.provide("folder", folder);
  project.provide("template", location);
  project.provide("kinds", kinds);
  project.provide("fields", kinds.find(({ key }) => key === "product")?.fields ?? []);
  project.provide("permissions", await core.call("permissions.list", {}));
  const { job } = await core.call("practice.load", {});
  await end(core, job);
  for (const role of ["manager", "operator", "viewer"] as const) {
    await core.call("users.create", {
      ...STAFF[role],
      role,
      password: PASSWORD,
      mustChange: false,
    });
  }
  await core.close();
  return () => rm(folder, { recursive: true, force: true });
}

async function end(core: Pipe, id: JobId): Promise<void> {
  for (;;) {
    const job = await core.call("jobs.get", { id });
    if (job.state === "done") return;
    if (job.state !== "running") throw new Error(`The practice catalogue: ${job.state}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
