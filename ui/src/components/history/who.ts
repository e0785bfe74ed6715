import type { HistoryEntry } from "../../bindings";

/** Who did it, in words; some things are done without a known person. */
export function whoOf({ person, operation }: HistoryEntry): string {
  if (person !== "") return person;
  return operation === "sign_in_failed" || operation === "locked_out" ? "Unknown" : "Backstock";
}
