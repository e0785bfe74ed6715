import { describe, expect, it } from "vitest";
import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import { blocker, leftOut, rereads, withColumn, withoutTarget } from "./settings";

const settings: ImportSettings = {
  encoding: "utf-8",
  encodingChosen: false,
  delimiter: "comma",
  hasHeader: true,
  headerLine: null,
  columns: ["sku", "brand", null],
  unwanted: [],
  dateOrder: null,
  decimalMark: null,
  emptyCells: "keep",
  only: "both",
  foreignMoney: null,
  stockWords: null,
  keepOddLines: false,
  matchBy: null,
  amountFor: null,
};

const draftWith = (questions: ImportQuestion[] = [], rows = 3): ImportDraft => ({
  id: "p1",
  kind: "product",
  kindGuessed: false,
  sender: null,
  matching: null,
  fileName: "a.csv",
  size: 10,
  rows,
  headerLine: 1,
  settings,
  columns: ["code", "Vendor", "image"].map((header) => ({
    header,
    samples: [],
    proposed: null,
    offer: null,
  })),
  preview: [],
  targets: [
    { key: "sku", label: "SKU", field: "sku", code: "sku" },
    { key: "brand", label: "Brand", field: "brand", code: "brand" },
  ],
  encodings: [],
  delimiters: [],
  questions,
  notes: [],
  warnings: [],
  remembered: null,
  leftOut: [],
  oddLines: [],
});

describe("the mapping", () => {
  it("changes one column and leaves the others", () => {
    expect(withColumn(settings, 2, "name").columns).toEqual(["sku", "brand", "name"]);
    expect(withColumn(settings, 1, null).columns).toEqual(["sku", null, null]);
    expect(settings.columns).toEqual(["sku", "brand", null]);
  });

  it("frees a field of the column that feeds it and of the wish for none", () => {
    const changed = withoutTarget({ ...settings, unwanted: ["brand", "cost"] }, "brand");
    expect(changed.columns).toEqual(["sku", null, null]);
    expect(changed.unwanted).toEqual(["cost"]);
  });

  it("names the columns that are left out", () => {
    expect(leftOut(draftWith(), settings)).toEqual(["image"]);
  });

  it("is proposed anew when the file is read in another way", () => {
    expect(rereads(settings, { ...settings, delimiter: "tab" })).toBe(true);
    expect(rereads(settings, { ...settings, hasHeader: false })).toBe(true);
    expect(rereads(settings, { ...settings, headerLine: 3 })).toBe(true);
    expect(rereads(settings, { ...settings, only: "create" })).toBe(false);
  });
});

describe("what stands in the way", () => {
  const date: ImportQuestion = { kind: "dateOrder", example: "11/9/2026" };
  const encoding: ImportQuestion = { kind: "encoding", readings: [] };
  const money: ImportQuestion = { kind: "foreignMoney", currency: "GBP", examples: ["$1"] };
  const stock: ImportQuestion = { kind: "stockWords", column: "qty", words: ["10+"] };
  const price: ImportQuestion = {
    kind: "priceColumn",
    target: "store_price",
    label: "Store price",
    columns: [1, 2],
  };
  it.each<[string, ImportDraft, Partial<ImportSettings>, RegExp]>([
    ["nothing", draftWith(), {}, /^$/],
    ["an empty file", draftWith([], 0), {}, /no rows/],
    ["no SKU", draftWith([{ kind: "codeColumn", labels: ["SKU"] }]), {}, /SKU/],
    ["the order of dates", draftWith([date]), {}, /dates/],
    ["the order of dates, answered", draftWith([date]), { dateOrder: "dmy" }, /^$/],
    ["decimals", draftWith([{ kind: "decimalMark", example: "1,234" }]), {}, /decimals/],
    ["the encoding", draftWith([encoding]), {}, /encoding/],
    ["the encoding, answered", draftWith([encoding]), { encodingChosen: true }, /^$/],
    ["which price it is", draftWith([price]), {}, /store price/],
    ["which price it is, none", draftWith([price]), { unwanted: ["store_price"] }, /^$/],
    ["which price it is, chosen", draftWith([price]), { columns: ["sku", "store_price"] }, /^$/],
    ["other currencies", draftWith([money]), {}, /currency/],
    ["other currencies, answered", draftWith([money]), { foreignMoney: "refuse" }, /^$/],
    ["a stock in words", draftWith([stock]), {}, /stock/],
    ["a stock in words, answered", draftWith([stock]), { stockWords: "keep" }, /^$/],
    ["nothing mapped", draftWith(), { columns: [null, null, null] }, /at least one/],
  ])("%s", (_, draft, change, reason) => {
    expect(blocker(draft, { ...settings, ...change }) ?? "").toMatch(reason);
  });
});
