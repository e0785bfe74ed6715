/** What changes when a person changes how a file is understood, and what still stands in the way. */
import type { ImportDraft, ImportSettings } from "../../bindings";

/** The settings with one column feeding another target; null leaves the column out. */
export function withColumn(
  settings: ImportSettings,
  column: number,
  target: string | null,
): ImportSettings {
  const columns = settings.columns.map((key, index) => (index === column ? target : key));
  return { ...settings, columns };
}

/** The settings with no column feeding a target, be that wanted or not. */
export function withoutTarget(settings: ImportSettings, target: string): ImportSettings {
  return {
    ...settings,
    columns: settings.columns.map((key) => (key === target ? null : key)),
    unwanted: settings.unwanted.filter((key) => key !== target),
  };
}

/** Whether a change makes the core propose the columns anew. */
export function rereads(before: ImportSettings, after: ImportSettings): boolean {
  return (
    before.encoding !== after.encoding ||
    before.delimiter !== after.delimiter ||
    before.hasHeader !== after.hasHeader ||
    before.headerLine !== after.headerLine
  );
}

/** The columns that are left out, by header. */
export function leftOut(draft: ImportDraft, settings: ImportSettings): string[] {
  return draft.columns
    .filter((_, index) => (settings.columns[index] ?? null) === null)
    .map((column) => column.header);
}

/** Why the import cannot go on, in the words of the person who must mend it; null when it can. */
export function blocker(draft: ImportDraft, settings: ImportSettings): string | null {
  if (draft.rows === 0) return "The file has no rows to import.";
  const asked = (kind: string) => draft.questions.some((q) => q.kind === kind);
  if (asked("encoding") && !settings.encodingChosen) {
    return "Say in which encoding the words are right.";
  }
  const code = draft.questions.find((q) => q.kind === "codeColumn");
  if (code?.kind === "codeColumn") {
    return `Say which column is the ${code.labels.join(" or the ")}: rows are matched by it.`;
  }
  if (asked("dateOrder") && settings.dateOrder === null) {
    return "Say how the file writes dates.";
  }
  if (asked("decimalMark") && settings.decimalMark === null) {
    return "Say how the file writes decimals.";
  }
  const price = draft.questions.find((q) => q.kind === "priceColumn" && isOpen(q.target, settings));
  if (price?.kind === "priceColumn") return `Say which column is the ${price.label.toLowerCase()}.`;
  if (asked("foreignMoney") && settings.foreignMoney === null) {
    return "Say what amounts in another currency do.";
  }
  if (asked("amountFor") && settings.amountFor === null) {
    return "Say whether amounts are for one or for a pack.";
  }
  if (asked("stockWords") && settings.stockWords === null) {
    return "Say what a stock in words means.";
  }
  if (settings.columns.every((key) => key === null)) {
    return "Choose a field for at least one column.";
  }
  return null;
}

function isOpen(target: string, settings: ImportSettings): boolean {
  return !settings.columns.includes(target) && !settings.unwanted.includes(target);
}
