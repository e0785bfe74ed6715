import type {
  Change,
  DataRecord,
  HistoryChange,
  HistoryEntry,
  Operation,
  Origin,
} from "../../bindings";
import { textOf } from "../../lib/values";
import { FIELDS } from "./fields";
import type { World } from "./world";

/** What happened to one product. */
export interface Written {
  product: DataRecord;
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
    addEntry(world, {
      batchId: id,
      at: now,
      person,
      origin,
      recordId: product.id,
      label: textOf(product.fields, "sku"),
      operation,
      changes: changes.map(namedChange),
    });
  }
  world.emit({ type: "dataChanged" });
  return id;
}

/** Adds an entry about a product to the journal. */
export function addEntry(
  world: World,
  entry: Omit<HistoryEntry, "number" | "personId" | "kind">,
): void {
  world.journal.push({
    ...entry,
    number: world.events.length + world.journal.length + 1,
    personId: world.users.find((user) => user.name === entry.person)?.id ?? null,
    kind: "product",
  });
}

/** A change with the name of its field. */
export function namedChange(change: Change): HistoryChange {
  const field = FIELDS.find(({ key }) => key === change.field);
  return { ...change, label: field?.label ?? change.field, kind: field?.kind ?? "text" };
}
