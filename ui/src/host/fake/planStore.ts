import type {
  Counts,
  Field,
  ListPlanRows,
  PlannedRecord,
  PlanRows,
  PlanSummary,
} from "../../bindings";
import { FIELDS } from "./fields";
import { importRow } from "./planRows";
import { refuse } from "./world";

/** A plan of the double. */
export interface StoredPlan {
  summary: PlanSummary;
  rows: PlannedRecord[];
}

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
  for (const row of rows) counts[row.outcome] += 1;
  return counts;
}

/** The plans of the double. */
export class PlanStore {
  private readonly plans = new Map<string, StoredPlan>();

  find(id: string): StoredPlan {
    const plan = this.plans.get(id);
    if (!plan) throw refuse("not_found", "This plan is not there any more.");
    return plan;
  }

  addImport(id: string, label: string, count: number, fields: readonly Field[]): StoredPlan {
    const rows = Array.from({ length: count }, (_, index) => importRow(index, fields));
    const changed = new Set(rows.flatMap((row) => row.changes.map(({ field }) => field)));
    const plan: StoredPlan = {
      rows,
      summary: {
        id,
        origin: "import",
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

  rows({ id, outcome, offset, limit }: ListPlanRows): PlanRows {
    const found = this.find(id).rows.filter((row) => !outcome || row.outcome === outcome);
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }
}
