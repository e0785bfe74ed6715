/** What of the history is listed, as the address has it. */
import type { HistoryFilter, Kind, Origin } from "../../bindings";
import { isKind } from "../../components/recordKinds";
import { dayOf, endOf, startOf } from "../../lib/days";
import { ORIGIN_KEYS } from "../../lib/origins";

/** The parts of the filter that stand in the address, each as text. */
export interface HistoryView {
  q?: string | undefined;
  person?: string | undefined;
  kind?: Kind | undefined;
  id?: string | undefined;
  batch?: string | undefined;
  origin?: Origin | undefined;
  field?: string | undefined;
  /** Calendar days of this machine: 2026-11-22. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Reads the view from the address. Whatever it does not understand is left out. */
export function readView(params: URLSearchParams): HistoryView {
  const text = (key: string) => params.get(key)?.trim() || undefined;
  const kind = params.get("kind");
  return {
    q: text("q"),
    person: text("person"),
    kind: isKind(kind) ? kind : undefined,
    id: text("id"),
    batch: text("batch"),
    origin: ORIGIN_KEYS.find((each) => each === params.get("origin")),
    field: text("field"),
    from: dayOf(params.get("from")),
    to: dayOf(params.get("to")),
  };
}

/** Writes the view into the address. */
export function writeView(view: HistoryView): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) if (value) params.set(key, value);
  return params;
}

/** What the core is asked for. A day begins and ends when it does on this machine. */
export function toFilter(view: HistoryView): HistoryFilter {
  const { q, person, kind, id, batch, origin, field, from, to } = view;
  return {
    search: q ?? null,
    person: person ?? null,
    kind: kind ?? null,
    record: id ?? null,
    batch: batch ?? null,
    origins: origin === undefined ? null : [origin],
    field: field ?? null,
    from: from === undefined ? null : startOf(from),
    to: to === undefined ? null : endOf(to),
  };
}

/** Whether the list shows entries one by one: what is asked for singles them out. */
export function singlesOut({ q, kind, id, batch, field }: HistoryView): boolean {
  return [q, kind, id, batch, field].some(Boolean);
}

/** Whether anything narrows the list. */
export function isNarrowed(view: HistoryView): boolean {
  return Object.values(view).some(Boolean);
}

/** What was chosen to narrow the list; a time is one choice, the search is none. */
export function narrowedParts(view: HistoryView): string[] {
  const { q: _search, to: _to, ...choices } = view;
  return Object.entries(choices).flatMap(([part, value]) => (value ? [part] : []));
}
