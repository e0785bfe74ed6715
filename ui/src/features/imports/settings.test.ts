import { describe, expect, it } from "vitest";
import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import { blocker, leftOut, rereads, withColumn } from "./settings";

const settings: ImportSettings = {
  encoding: "utf8",
  delimiter: "comma",
  hasHeader: true,
  columns: ["sku", "brand", null],
  dateOrder: null,
  decimalMark: null,
  emptyCells: "keep",
  only: "both",
};

const draftWith = (questions: ImportQuestion[] = [], rows = 3): ImportDraft => ({
  id: "p1",
  fileName: "a.csv",
  size: 10,
  rows,
  settings,
  columns: ["code", "Vendor", "image"].map((header) => ({
    header,
    samples: [],
    proposed: null,
  })),
  preview: [],
  targets: [
    { key: "sku", label: "SKU", field: "sku" },
    { key: "brand", label: "Brand", field: "brand" },
  ],
  encodings: [],
  delimiters: [],
  questions,
  notes: [],
});

describe("the mapping", () => {
  it("changes one column and leaves the others", () => {
    expect(withColumn(settings, 2, "name").columns).toEqual(["sku", "brand", "name"]);
    expect(withColumn(settings, 1, null).columns).toEqual(["sku", null, null]);
    expect(settings.columns).toEqual(["sku", "brand", null]);
  });

  it("names the columns that are left out", () => {
    expect(leftOut(draftWith(), settings)).toEqual(["image"]);
  });

  it("is proposed anew when the file is read in another way", () => {
    expect(rereads(settings, { ...settings, delimiter: "tab" })).toBe(true);
    expect(rereads(settings, { ...settings, hasHeader: false })).toBe(true);
    expect(rereads(settings, { ...settings, only: "create" })).toBe(false);
  });
});

describe("what stands in the way", () => {
  const date: ImportQuestion = { kind: "dateOrder", example: "11/9/2026" };
  it.each<[string, ImportDraft, Partial<ImportSettings>, RegExp]>([
    ["nothing", draftWith(), {}, /^$/],
    ["an empty file", draftWith([], 0), {}, /no rows/],
    ["no SKU", draftWith([{ kind: "skuColumn" }]), {}, /SKU/],
    ["the order of dates", draftWith([date]), {}, /dates/],
    ["the order of dates, answered", draftWith([date]), { dateOrder: "dmy" }, /^$/],
    ["decimals", draftWith([{ kind: "decimalMark", example: "1,234" }]), {}, /decimals/],
    ["nothing mapped", draftWith(), { columns: [null, null, null] }, /at least one/],
  ])("%s", (_, draft, change, reason) => {
    expect(blocker(draft, { ...settings, ...change }) ?? "").toMatch(reason);
  });
});
