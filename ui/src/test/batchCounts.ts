import type { BatchCounts } from "../bindings";

/** The counts of a batch that did nothing. */
export const NO_BATCH_COUNTS: BatchCounts = {
  read: 0,
  created: 0,
  updated: 0,
  trashed: 0,
  restored: 0,
  unchanged: 0,
  skipped: 0,
  kept: 0,
  rejected: 0,
  notReached: 0,
  implied: 0,
};
