import type { PlannedRecord } from "../bindings";

/** An update of a product that changes nothing, but for what is said. */
export const plannedRecord = (part: Partial<PlannedRecord>): PlannedRecord => ({
  number: 1,
  line: 2,
  implied: false,
  outcome: "update",
  operation: "update",
  kind: "product",
  recordId: "p1",
  expectedVersion: 1,
  code: "AB-1",
  title: "Mug",
  changes: [],
  conflicts: [],
  resolution: null,
  changedBy: null,
  changedAt: null,
  problems: [],
  notes: [],
  alike: [],
  ...part,
});
