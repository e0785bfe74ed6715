import type {
  Field,
  FileToken,
  ImportColumn,
  ImportDraft,
  ImportQuestion,
  ImportSettings,
  ImportTarget,
} from "../../bindings";
import { FIELDS } from "./fields";
import type { PlanStore } from "./planStore";
import { SUPPLIER_COLUMNS, SUPPLIER_ROWS } from "./supplier";
import { refuse, type Handlers, type World } from "./world";

const TARGETS: ImportTarget[] = [
  ...FIELDS.map(({ key, label }) => ({ key, label, field: key })),
  { key: "handle", label: "Handle", field: null },
  { key: "grams", label: "Weight in grams", field: "weight" },
  { key: "taxable", label: "Taxable", field: "tax_free" },
];

const SYNONYMS: Record<string, string> = {
  code: "sku",
  "item code": "sku",
  qty: "stock",
  price: "store_price",
  vendor: "brand",
  title: "name",
  cost_price: "cost",
};

/** The commands about files on their way to a plan. */
export function importHandlers(world: World, plans: PlanStore): Handlers {
  const drafts = new Map<string, ImportDraft>();
  const find = (id: string): ImportDraft => {
    const draft = drafts.get(id);
    if (!draft) throw refuse("not_found", "This import is not open any more. Open the file again.");
    return draft;
  };
  return {
    "imports.open": ({ file }) => {
      refuseBroken(file);
      const draft = draftOf(world.id("plan"), file, world.importRows);
      drafts.set(draft.id, draft);
      return draft;
    },
    "imports.configure": ({ id, settings }) => {
      const draft = configured(find(id), settings);
      drafts.set(id, draft);
      return draft;
    },
    "imports.plan": ({ id }) => {
      const draft = find(id);
      const { rows, fileName: label } = draft;
      const job = world.startJob(
        { kind: "plan_import", label, step: "Comparing", total: rows, plan: id },
        () => {
          plans.addImport(id, label, rows, fieldsOf(draft));
          return {};
        },
      );
      return { job: job.id, plan: id };
    },
  };
}

/** The fields that the mapped columns fill, in reading order. */
function fieldsOf({ settings, targets }: ImportDraft): Field[] {
  const filled = targets.filter(({ key }) => settings.columns.includes(key));
  return FIELDS.map(({ key }) => key).filter((key) => filled.some(({ field }) => field === key));
}

function refuseBroken(file: FileToken): void {
  if (!file.includes("broken")) return;
  throw refuse("file", "broken.xlsx is not a text file.", {
    hint: "Save it as CSV in the program that made it, then choose that file.",
  });
}

function propose(header: string): string | null {
  const key = header.toLowerCase();
  const found = FIELDS.find((field) => field.key === key || field.label.toLowerCase() === key);
  return found?.key ?? SYNONYMS[key] ?? null;
}

function columnsOf(headers: readonly string[], hasHeader: boolean): ImportColumn[] {
  return headers.map((header, index) => ({
    header: hasHeader ? header : `Column ${index + 1}`,
    samples: [...new Set(SUPPLIER_ROWS.map((row) => row[index] ?? ""))]
      .filter((cell) => cell !== "")
      .slice(0, 5),
    proposed: hasHeader ? propose(header) : null,
  }));
}

function draftOf(id: string, file: FileToken, rows: number): ImportDraft {
  const columns = columnsOf(SUPPLIER_COLUMNS, true);
  const draft: ImportDraft = {
    id,
    fileName: file.replace(/^dropped-/, "").replace("file-1", "supplier-june.csv"),
    size: 2_345_678,
    rows,
    headerLine: 1,
    settings: {
      encoding: "utf-8",
      encodingChosen: false,
      delimiter: "comma",
      hasHeader: true,
      headerLine: null,
      columns: columns.map((column) => column.proposed),
      unwanted: [],
      dateOrder: null,
      decimalMark: "point",
      emptyCells: "keep",
      only: "both",
      foreignMoney: null,
      stockWords: null,
      keepOddLines: false,
    },
    columns,
    preview: SUPPLIER_ROWS,
    targets: TARGETS,
    encodings: [
      { key: "utf-8", label: "UTF-8" },
      { key: "utf-16le", label: "UTF-16LE (little endian)" },
      { key: "utf-16be", label: "UTF-16BE (big endian)" },
      { key: "windows-1252", label: "Windows-1252 (Western)" },
    ],
    delimiters: [
      { key: "comma", label: "Comma" },
      { key: "semicolon", label: "Semicolon" },
      { key: "tab", label: "Tab" },
      { key: "pipe", label: "Pipe" },
    ],
    questions: [],
    notes: ["Three blank lines are left out."],
    warnings: [],
    leftOut: [],
    oddLines: [],
  };
  return { ...draft, questions: questionsOf(draft.settings) };
}

function questionsOf({ columns, dateOrder }: ImportSettings): ImportQuestion[] {
  const questions: ImportQuestion[] = [];
  if (!columns.includes("sku") && !columns.includes("handle"))
    questions.push({ kind: "codeColumn", labels: ["SKU"] });
  const hasDates = columns.some((key) => key === "promo_start" || key === "promo_end");
  if (hasDates && dateOrder === null) questions.push({ kind: "dateOrder", example: "11/9/2026" });
  return questions;
}

function configured(draft: ImportDraft, settings: ImportSettings): ImportDraft {
  const headers = settings.hasHeader ? SUPPLIER_COLUMNS : (SUPPLIER_ROWS[0] ?? []);
  const columns = columnsOf(headers, settings.hasHeader);
  const before = draft.settings;
  const isReread =
    settings.encoding !== before.encoding ||
    settings.delimiter !== before.delimiter ||
    settings.hasHeader !== before.hasHeader;
  const next = isReread
    ? { ...settings, columns: columns.map((column) => column.proposed) }
    : settings;
  return { ...draft, columns, settings: next, questions: questionsOf(next) };
}
