/** Which batches are listed, as the address has it: what files brought, or any change, and what narrows it. */
import type { BatchFilter, BatchSort, BatchStanding, ListBatches, Origin } from "../../bindings";
import { dayOf, endOf, startOf } from "../../lib/days";
import { PRODUCT_ORIGINS } from "../../lib/origins";

/** The two lists. */
export type BatchList = "imports" | "all";

/** What the list of imports shows: files, the practice catalogue, and what took them back. */
export const IMPORT_ORIGINS: readonly Origin[] = ["import", "practice", "undo"];

/** What batches stand as, those that ask for something first. */
export const STANDINGS: readonly { value: BatchStanding; label: string }[] = [
  { value: "running", label: "Running" },
  { value: "stopped", label: "Stopped" },
  { value: "failed", label: "Failed" },
  { value: "done", label: "Done" },
  { value: "undone", label: "Undone" },
];

/** The parts of the view that stand in the address. */
export interface BatchView {
  list: BatchList;
  origin: Origin | undefined;
  standing: BatchStanding | undefined;
  person: string | undefined;
  /** Calendar days of this machine: 2026-11-22. */
  from: string | undefined;
  to: string | undefined;
  sort: BatchSort;
  ascending: boolean;
}

/** The origins that a list has. */
export function originsIn(list: BatchList): readonly Origin[] {
  return list === "all" ? PRODUCT_ORIGINS : IMPORT_ORIGINS;
}

/** Reads the view from the address. Whatever it does not understand is left out. */
export function readView(params: URLSearchParams): BatchView {
  const list = params.get("show") === "all" ? "all" : "imports";
  return {
    list,
    origin: originsIn(list).find((key) => key === params.get("origin")),
    standing: STANDINGS.find(({ value }) => value === params.get("state"))?.value,
    person: params.get("person") ?? undefined,
    from: dayOf(params.get("from")),
    to: dayOf(params.get("to")),
    sort: params.get("sort") === "origin" ? "origin" : "started",
    ascending: params.get("order") === "asc",
  };
}

/** Writes the view into the address. */
export function writeView(view: BatchView): URLSearchParams {
  const { list, origin, standing, person, from, to, sort, ascending } = view;
  const parts = {
    show: list === "all" ? "all" : undefined,
    origin,
    state: standing,
    person,
    from,
    to,
    sort: sort === "started" ? undefined : sort,
    order: ascending ? "asc" : undefined,
  };
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(parts)) {
    if (value !== undefined && value !== "") params.set(key, value);
  }
  return params;
}

/** How many filters narrow the list; a time is one. */
export function narrowed({ origin, standing, person, from }: BatchView): number {
  return [origin, standing, person, from].filter((part) => part !== undefined).length;
}

/** The same list with nothing that narrows it. */
export function cleared({ list, sort, ascending }: BatchView): BatchView {
  const none = { origin: undefined, standing: undefined, person: undefined };
  return { list, sort, ascending, ...none, from: undefined, to: undefined };
}

/** What the core is asked for. */
export function toRequest(view: BatchView): Pick<ListBatches, "filter" | "sort" | "ascending"> {
  const { list, origin, standing, person, from, to, sort, ascending } = view;
  const all = list === "all" ? null : [...IMPORT_ORIGINS];
  const filter: BatchFilter = {
    origins: origin === undefined ? all : [origin],
    standing: standing ?? null,
    person: person ?? null,
    from: from === undefined ? null : startOf(from),
    to: to === undefined ? null : endOf(to),
  };
  return { filter, sort, ascending };
}
