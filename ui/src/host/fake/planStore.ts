import type {
  Batch,
  BatchId,
  Counts,
  Field,
  JobStatus,
  ListPlanRows,
  Origin,
  Outcome,
  PlannedRecord,
  PlanRows,
  PlanState,
  PlanSummary,
} from "../../bindings";
import { FIELDS } from "./fields";
import { importRow, undoRow } from "./planRows";
import { refuse, type World } from "./world";

/** A plan of the double. */
export interface StoredPlan {
  summary: PlanSummary;
  rows: PlannedRecord[];
  /** How many records were written when applying it was stopped. */
  applied: number;
}

const NO_COUNTS: Counts = {
  create: 0,
  update: 0,
  unchanged: 0,
  skipped: 0,
  conflict: 0,
  error: 0,
  implied: 0,
};

function countsOf(rows: readonly PlannedRecord[]): Counts {
  const counts = { ...NO_COUNTS };
  for (const row of rows) {
    if (row.implied) counts.implied += 1;
    else counts[row.outcome] += 1;
  }
  return counts;
}

const isApplied = ({ outcome }: PlannedRecord) => outcome === "create" || outcome === "update";

/** The plans of the double, and what applying them leaves behind. */
export class PlanStore {
  private readonly plans = new Map<string, StoredPlan>();

  constructor(private readonly world: World) {}

  find(id: string): StoredPlan {
    const plan = this.plans.get(id);
    if (!plan) throw refuse("not_found", "This plan is not there any more.");
    return plan;
  }

  discard(id: string): void {
    this.plans.delete(id);
  }

  addImport(id: string, label: string, rows: number, fields: readonly Field[]): StoredPlan {
    const records = Array.from({ length: rows }, (_, index) => importRow(index, fields));
    const plan = this.add(id, "import", label, records);
    plan.summary.warnings = [
      { kind: "priceJumps", count: 640 },
      { kind: "lookAlikes", count: 2, examples: ["AB 205", "ab-206"] },
    ];
    return plan;
  }

  addUndo(id: string, batch: Batch): StoredPlan {
    const undone = [...this.plans.values()].find(({ summary }) => summary.batchId === batch.id);
    const rows = (undone?.rows ?? []).filter(isApplied);
    const plan = this.add(
      id,
      "undo",
      batch.label,
      rows.map((row, index) => undoRow(row, index + 1)),
    );
    plan.summary.undoOf = batch.id;
    return plan;
  }

  /** Keeps a plan of these records. */
  add(id: string, origin: Origin, label: string, rows: PlannedRecord[]): StoredPlan {
    const changed = new Set(rows.flatMap((row) => row.changes.map((change) => change.field)));
    const plan: StoredPlan = {
      applied: 0,
      rows,
      summary: {
        id,
        origin,
        label,
        state: "ready",
        plannedAt: Date.now(),
        counts: countsOf(rows),
        changedFields: FIELDS.map((field) => field.key).filter((key) => changed.has(key)),
        warnings: [],
        batchId: null,
        undoOf: null,
        heldBack: 0,
      },
    };
    this.plans.set(id, plan);
    return plan;
  }

  rows({ id, outcome, search, offset, limit }: ListPlanRows): PlanRows {
    const words = (search ?? "").toLowerCase();
    const found = this.find(id).rows.filter(
      (row) =>
        (!outcome || row.outcome === outcome) &&
        (words === "" || textOf(row).toLowerCase().includes(words)),
    );
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }

  /** Writes what is still to be written; a cancelled run leaves the rest. */
  apply(id: string): JobStatus {
    const plan = this.find(id);
    const todo = plan.rows.filter(isApplied).length - plan.applied;
    const { label } = plan.summary;
    const job = this.world.startJob(
      { kind: "apply_plan", label, step: "Applying", total: todo, plan: id },
      () => ({ batch: this.settle(plan, todo, "applied") }),
    );
    plan.summary.state = "applying";
    const stop = this.world.listen((event) => {
      if (event.type !== "job" || event.job.id !== job.id || event.job.state === "running") return;
      stop();
      if (event.job.state === "cancelled") this.settle(plan, event.job.done, "interrupted");
    });
    return job;
  }

  private settle(plan: StoredPlan, done: number, state: PlanState): BatchId {
    const { summary } = plan;
    plan.applied += done;
    summary.state = state;
    const batch = this.batchOf(plan);
    summary.batchId = batch.id;
    const undone = this.world.batches.find((each) => each.id === summary.undoOf);
    if (undone) undone.undoneBy = batch.id;
    this.world.emit({ type: "dataChanged" });
    return batch.id;
  }

  private batchOf({ summary, rows, applied }: StoredPlan): Batch {
    const known = this.world.batches.find((each) => each.id === summary.batchId);
    const written = rows.filter(isApplied).slice(0, applied);
    const count = (outcome: Outcome) => written.filter((row) => row.outcome === outcome).length;
    const { counts } = summary;
    const batch: Batch = {
      id: known?.id ?? this.world.id("batch"),
      origin: summary.origin,
      label: summary.label,
      person: this.world.person?.name ?? "",
      startedAt: known?.startedAt ?? Date.now() - 4200,
      finishedAt: Date.now(),
      state: summary.state === "applied" ? "done" : "cancelled",
      counts: {
        read: rows.length,
        created: count("create"),
        updated: count("update"),
        unchanged: counts.unchanged,
        skipped: counts.skipped,
        kept: counts.conflict,
        rejected: counts.error,
        notReached: counts.create + counts.update - written.length,
        implied: counts.implied,
      },
      undoOf: summary.undoOf,
      undoneBy: null,
      plan: summary.state === "interrupted" ? summary.id : null,
    };
    if (known) Object.assign(known, batch);
    else this.world.batches.unshift(batch);
    this.journal(batch, written);
    return batch;
  }

  private journal(batch: Batch, written: readonly PlannedRecord[]): void {
    for (const row of written.slice(0, 2000)) {
      this.world.journal.push({
        batchId: batch.id,
        at: batch.finishedAt ?? 0,
        person: batch.person,
        origin: batch.origin,
        productId: row.productId ?? "",
        sku: row.sku,
        operation: row.operation ?? "update",
        changes: row.changes,
      });
    }
  }
}

function textOf({ sku, name, problems }: PlannedRecord): string {
  return [sku, name, ...problems.map((problem) => problem.message)].join("\n");
}
