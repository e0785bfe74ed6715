import type {
  Batch,
  BatchCounts,
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
  ResolvePlan,
} from "../../bindings";
import { FIELDS } from "./fields";
import { addEntry, namedChange } from "./journal";
import { importRow, undoRow } from "./planRows";
import { refuse, type World } from "./world";

/** A plan of the double. */
export interface StoredPlan {
  summary: PlanSummary;
  rows: PlannedRecord[];
  /** How many records were written when applying it was stopped. */
  applied: number;
}

/** The counts of a batch that did nothing. */
export const NO_BATCH_COUNTS: BatchCounts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  kept: 0,
  rejected: 0,
  notReached: 0,
  implied: 0,
};

const NO_COUNTS: Counts = {
  create: 0,
  update: 0,
  unchanged: 0,
  skipped: 0,
  conflict: 0,
  error: 0,
  implied: 0,
  resolvable: 0,
  taken: 0,
};

function countsOf(rows: readonly PlannedRecord[]): Counts {
  const counts = { ...NO_COUNTS };
  for (const row of rows) {
    if (row.implied) counts.implied += 1;
    else counts[row.outcome] += 1;
    if (canBeResolved(row)) counts.resolvable += 1;
    if (isTaken(row)) counts.taken += 1;
  }
  return counts;
}

const canBeResolved = ({ outcome, operation }: PlannedRecord) =>
  outcome === "conflict" && operation !== null;

const isTaken = (row: PlannedRecord) => canBeResolved(row) && row.resolution === "take";

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
      { kind: "jumps", field: "store_price", label: "Store price", count: 640 },
      { kind: "lookAlikes", count: 2, examples: ["AB 205", "ab-206"] },
      { kind: "looksLikeCatalogue", count: 1, examples: ["TSHIRT-001-BLK-S"] },
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
    const changed = new Set(
      rows.flatMap((row) => [...row.changes, ...row.conflicts].map(({ field }) => field)),
    );
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
        kinds: ["product"],
        changedFields: FIELDS.map((field) => field.key).filter((key) => changed.has(key)),
        warnings: [],
        batchId: null,
        undoOf: null,
        isFollowUp: false,
      },
    };
    this.plans.set(id, plan);
    return plan;
  }

  rows({ id, outcome, search, offset, limit }: ListPlanRows): PlanRows {
    const found = this.find(id).rows.filter(
      (row) => (!outcome || row.outcome === outcome) && contains(row, search),
    );
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }

  /** Decides conflicts; nothing is written. */
  resolve({ id, resolution, numbers, search }: ResolvePlan): PlanSummary {
    const plan = this.find(id);
    const isMeant = (row: PlannedRecord) =>
      canBeResolved(row) && (!numbers || numbers.includes(row.number)) && contains(row, search);
    if (numbers && !plan.rows.some(isMeant)) {
      throw refuse("invalid", "There is nothing to decide about this record.");
    }
    plan.rows = plan.rows.map((row) => (isMeant(row) ? { ...row, resolution } : row));
    plan.summary = { ...plan.summary, counts: countsOf(plan.rows) };
    return plan.summary;
  }

  /** Writes what is still to be written; a cancelled run leaves the rest. */
  apply(id: string): JobStatus {
    const plan = this.find(id);
    const { label, state } = plan.summary;
    if (state === "applied" && plan.summary.counts.taken === 0) {
      throw refuse("invalid", "This plan was applied already.");
    }
    const isFollowUp = state === "applied";
    const planned = plan.rows.filter(isApplied).length - plan.applied;
    const todo = planned + plan.summary.counts.taken;
    const job = this.world.startJob(
      { kind: "apply_plan", label, step: "Applying", total: todo, plan: id },
      () => ({ batch: isFollowUp ? this.follow(plan) : this.settle(plan, planned, "applied") }),
    );
    plan.summary.state = "applying";
    const stop = this.world.listen((event) => {
      if (event.type !== "job" || event.job.id !== job.id || event.job.state === "running") return;
      stop();
      if (event.job.state !== "cancelled") return;
      if (isFollowUp) plan.summary.state = "applied";
      else this.settle(plan, Math.min(event.job.done, planned), "interrupted");
    });
    return job;
  }

  /** Writes what was taken of the conflicts as a batch of its own. */
  private follow(plan: StoredPlan): BatchId {
    const written = this.writeTaken(plan);
    const { summary } = plan;
    summary.state = "applied";
    summary.isFollowUp = true;
    const batch: Batch = {
      ...this.batchOf(plan, []),
      id: this.world.id("batch"),
      startedAt: Date.now() - 300,
      counts: { ...NO_BATCH_COUNTS, read: written.length, updated: written.length },
    };
    this.world.batches.unshift(batch);
    this.journal(batch, written);
    summary.batchId = batch.id;
    this.world.emit({ type: "dataChanged" });
    return batch.id;
  }

  /** Turns what was taken into updates; the records that are written with it. */
  private writeTaken(plan: StoredPlan): PlannedRecord[] {
    const written: PlannedRecord[] = [];
    plan.rows = plan.rows.map((row) => {
      if (!isTaken(row)) return row;
      const taken = row.conflicts.map(({ field, current, proposed }) => ({
        field,
        old: current,
        new: proposed,
      }));
      written.push({
        ...row,
        outcome: "update",
        changes: [...row.changes, ...taken],
        conflicts: [],
      });
      return written.at(-1) ?? row;
    });
    plan.applied += written.length;
    plan.summary = { ...plan.summary, counts: countsOf(plan.rows) };
    return written;
  }

  private settle(plan: StoredPlan, done: number, state: PlanState): BatchId {
    plan.applied += done;
    if (state === "applied") this.writeTaken(plan);
    const { summary } = plan;
    summary.state = state;
    const written = plan.rows.filter(isApplied).slice(0, plan.applied);
    const batch = this.batchOf(plan, written);
    const known = this.world.batches.find(({ id }) => id === batch.id);
    if (known) Object.assign(known, batch);
    else this.world.batches.unshift(batch);
    this.journal(batch, written);
    summary.batchId = batch.id;
    const undone = this.world.batches.find((each) => each.id === summary.undoOf);
    if (undone) undone.undoneBy ??= batch.id;
    this.world.emit({ type: "dataChanged" });
    return batch.id;
  }

  /** The batch of a plan of which these records are written. */
  private batchOf({ summary, rows }: StoredPlan, written: readonly PlannedRecord[]): Batch {
    const known = this.world.batches.find((each) => each.id === summary.batchId);
    const count = (outcome: Outcome) => written.filter((row) => row.outcome === outcome).length;
    const { counts } = summary;
    return {
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
  }

  private journal(batch: Batch, written: readonly PlannedRecord[]): void {
    for (const row of written.slice(0, 2000)) {
      addEntry(this.world, {
        batchId: batch.id,
        at: batch.finishedAt ?? 0,
        person: batch.person,
        origin: batch.origin,
        recordId: row.recordId ?? "",
        label: row.code,
        operation: row.operation ?? "update",
        changes: row.changes.map(namedChange),
      });
    }
  }
}

function contains(row: PlannedRecord, search: string | null | undefined): boolean {
  const words = (search ?? "").toLowerCase();
  return words === "" || textOf(row).toLowerCase().includes(words);
}

function textOf({ code, title, problems }: PlannedRecord): string {
  return [code, title, ...problems.map((problem) => problem.message)].join("\n");
}
