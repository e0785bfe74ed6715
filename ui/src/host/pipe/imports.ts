import { waitForJob } from "../jobs";
import type { BatchId, JobId, Kind, PlanId } from "../../bindings";
import type { CoreHost } from ".";

/** Opens a file as a draft, and answers it with its columns as they were matched. */
export async function openFile(host: CoreHost, name: string, content: string, kind?: Kind) {
  const { token } = await host.grant(await host.file(name, content));
  return host.call("imports.open", { file: token, ...(kind ? { kind } : {}) });
}

/** Plans the import of a file, to its end. */
export async function planFile(
  host: CoreHost,
  name: string,
  content: string,
  kind?: Kind,
): Promise<PlanId> {
  const { id } = await openFile(host, name, content, kind);
  return planDraft(host, id);
}

/** Plans the import of a file that was opened, to its end. */
export async function planDraft(host: CoreHost, id: PlanId): Promise<PlanId> {
  await end(host, (await host.call("imports.plan", { id })).job);
  return id;
}

/** Applies a plan, to its end. */
export async function applyPlan(host: CoreHost, id: PlanId): Promise<BatchId | null> {
  await end(host, (await host.call("plans.apply", { id })).job);
  return (await host.call("plans.get", { id })).batchId;
}

/** Imports a file. */
export async function importFile(
  host: CoreHost,
  name: string,
  content: string,
  kind?: Kind,
): Promise<void> {
  await applyPlan(host, await planFile(host, name, content, kind));
}

async function end(host: CoreHost, id: JobId): Promise<void> {
  const { state, error } = await waitForJob(host, id);
  if (state !== "done") throw new Error(`The job is ${state}: ${error?.message ?? ""}`);
}

/** A supplier's file with this many rows: new products, each with a name, a stock and a price. */
export function supplierFile(rows: number, more: readonly string[] = []): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `AB-${1000 + index},Cotton T-shirt ${index},${index % 90},12.90`,
  );
  return ["sku,name,stock,store_price", ...lines, ...more, ""].join("\n");
}
