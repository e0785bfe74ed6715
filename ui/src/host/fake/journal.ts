import type { Change, Operation, Origin, Product } from "../../bindings";
import type { World } from "./world";

/** What happened to one product. */
export interface Written {
  product: Product;
  operation: Operation;
  changes: Change[];
}

/** Writes a batch and its entries, and says that data changed. Answers the batch's id. */
export function recordBatch(
  world: World,
  origin: Origin,
  label: string,
  written: Written[],
  person = world.person?.name ?? "",
): string {
  const id = world.id("batch");
  const now = Date.now();
  const created = written.filter(({ operation }) => operation === "create").length;
  world.batches.unshift({
    id,
    origin,
    label,
    person,
    startedAt: now,
    finishedAt: now,
    state: "done",
    counts: {
      read: written.length,
      created,
      updated: written.length - created,
      unchanged: 0,
      skipped: 0,
      kept: 0,
      rejected: 0,
      notReached: 0,
      implied: 0,
    },
    undoOf: null,
    undoneBy: null,
    plan: null,
  });
  for (const { product, operation, changes } of written) {
    world.journal.push({
      batchId: id,
      at: now,
      person,
      origin,
      productId: product.id,
      sku: product.fields.sku ?? "",
      operation,
      changes,
    });
  }
  world.emit({ type: "dataChanged" });
  return id;
}
