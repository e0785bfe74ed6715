import type {
  HistoryEntry,
  HistoryFilter,
  HistoryOperation,
  Kind,
  Origin,
  Value,
} from "../../bindings";
import { refuse, type Handlers, type World } from "./world";

/** Notes something that happened to a person, a role or the workspace. */
export function recordEvent(
  world: World,
  origin: Origin,
  kind: Kind,
  recordId: string,
  label: string,
  operation: HistoryOperation,
  changes: Record<string, Value>,
): void {
  world.events.push({
    number: world.events.length + world.journal.length + 1,
    batchId: world.id("batch"),
    at: Date.now(),
    person: world.person?.name ?? "",
    personId: world.person?.id ?? null,
    origin,
    kind,
    recordId,
    label,
    operation,
    changes: Object.entries(changes).map(([field, value]) => ({
      field: `${kind}.${field}`,
      label: labelOf(field),
      kind: "text",
      old: null,
      new: value,
    })),
  });
  world.emit({ type: "dataChanged" });
}

function labelOf(field: string): string {
  const words = field.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function matches(entry: HistoryEntry, filter: HistoryFilter): boolean {
  const { kind, record, person, batch, origins, field, from, to, search } = filter;
  return (
    (!kind || entry.kind === kind) &&
    (!record || entry.recordId === record) &&
    (!person || entry.personId === person) &&
    (!batch || entry.batchId === batch) &&
    (!origins || origins.includes(entry.origin)) &&
    (!field || entry.changes.some((change) => change.field === field)) &&
    (!from || entry.at >= from) &&
    (!to || entry.at <= to) &&
    (!search || entry.label.toLowerCase().includes(search.toLowerCase()))
  );
}

/** The commands about the history. */
export function historyHandlers(world: World): Handlers {
  const all = (): HistoryEntry[] => {
    const mayAll = world.person?.permissions.includes("view_history");
    return [...world.events, ...world.journal]
      .filter((entry) => mayAll || entry.kind === "product")
      .toSorted((a, b) => b.number - a.number);
  };
  return {
    "history.list": ({ filter, before, limit }) => {
      const entries = all()
        .filter((entry) => matches(entry, filter))
        .filter((entry) => before === undefined || before === null || entry.number < before);
      const page = entries.slice(0, limit ?? 100);
      const last = page.at(-1);
      return { entries: page, next: entries.length > page.length && last ? last.number : null };
    },
    "history.export": ({ filter, file }) => {
      const total = all().filter((entry) => matches(entry, filter)).length;
      const job = { kind: "export" as const, label: file, step: "Writing", total };
      return { job: world.startJob(job, () => ({})).id, plan: null };
    },
    "history.verify": () => {
      if (!world.person?.permissions.includes("view_history")) {
        throw refuse("forbidden", "You may not see the history of people and settings.");
      }
      const total = all().length;
      const job = { kind: "verify_history" as const, label: "", step: "Checking", total };
      const started = world.startJob(job, () => {
        world.verification = {
          checkedAt: Date.now(),
          batches: 112,
          entries: total,
          headAt: Date.now() - 3_600_000,
          head: "112:9f3c",
          open: 0,
          older: 0,
          problemCount: world.tampered.length,
          problems: world.tampered,
        };
        return {};
      });
      return { job: started.id, plan: null };
    },
    "history.verification": () => world.verification,
  };
}
