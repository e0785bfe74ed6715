import type { HistoryEntry } from "../../bindings";

const HOUR = 3_600_000;

/** What happened before the double began. */
export function startingEvents(): HistoryEntry[] {
  const now = Date.now();
  const entry = (number: number, part: Partial<HistoryEntry>): HistoryEntry => ({
    number,
    batchId: `before-${number}`,
    at: now - (400 - number) * HOUR,
    person: "Ben Ode",
    personId: "018f-ben",
    origin: "import",
    kind: "product",
    recordId: `p${number % 200}`,
    label: `BS-${100_000 + (number % 200)}`,
    operation: "update",
    changes: [
      {
        field: "stock",
        label: "Stock on hand",
        kind: "integer",
        old: number % 40,
        new: (number * 7) % 60,
      },
      { field: "store_price", label: "Store price", kind: "money", old: 129_000, new: 139_000 },
    ],
    ...part,
  });
  return Array.from({ length: 390 }, (_, index) => {
    const number = index + 1;
    const part = STORIES[number % 13];
    return entry(number, part ?? {});
  });
}

const CHO = { kind: "user", recordId: "018f-cho", label: "Cho Park" } as const;
const BY_ADA = { person: "Ada Moreno", personId: "018f-ada" };

/** What every thirteenth entry and its neighbours tell; all others tell of an import. */
const STORIES: Record<number, Partial<HistoryEntry>> = {
  3: { ...CHO, changes: [], origin: "sign_in", operation: "sign_in_failed", person: "" },
  4: { ...CHO, changes: [], origin: "sign_in", operation: "sign_in", person: "Cho Park" },
  7: {
    ...CHO,
    ...BY_ADA,
    origin: "people",
    changes: [{ field: "user.role", label: "Role", kind: "text", old: "Viewer", new: "Operator" }],
  },
  9: {
    ...BY_ADA,
    origin: "settings",
    kind: "workspace",
    recordId: "workspace",
    label: "Shop North",
    changes: [
      { field: "workspace.currency", label: "Currency", kind: "text", old: "USD", new: "GBP" },
    ],
  },
};
