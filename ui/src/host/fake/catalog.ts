import type {
  DataRecord,
  Facet,
  Facets,
  Fields,
  ProductFilter,
  ProductRow,
  SortField,
} from "../../bindings";
import { isYes, numberOf, textOf } from "../../lib/values";
import { generate } from "./generate";

/** Longer lists stay in the order in which the products were added. */
const SORTED_AT_MOST = 50_000;

/** The products of the double: generated ones on demand, and what was added or changed since. */
export class Catalog {
  private readonly changed = new Map<string, DataRecord>();
  private readonly added: string[] = [];
  private readonly removed = new Set<string>();
  private readonly lists = new Map<string, string[]>();

  constructor(private generated: number) {}

  isEmpty(): boolean {
    return this.generated + this.added.length === 0;
  }

  get(id: string): DataRecord | undefined {
    if (this.removed.has(id)) return undefined;
    const changed = this.changed.get(id);
    if (changed) return changed;
    const index = Number(/^p(\d+)$/.exec(id)?.[1] ?? -1);
    return index >= 0 && index < this.generated ? generate(index) : undefined;
  }

  put(product: DataRecord): void {
    if (!this.get(product.id)) this.added.push(product.id);
    this.changed.set(product.id, product);
    this.lists.clear();
  }

  remove(id: string): void {
    this.removed.add(id);
    this.lists.clear();
  }

  /** Fills an empty catalogue. */
  fill(count: number): void {
    this.generated = count;
    this.lists.clear();
  }

  *all(): Generator<DataRecord> {
    for (const id of this.ids()) {
      const product = this.get(id);
      if (product) yield product;
    }
  }

  findSku(sku: string): DataRecord | undefined {
    for (const product of this.all()) if (textOf(product.fields, "sku") === sku) return product;
    return undefined;
  }

  variantsOf(id: string): DataRecord[] {
    const index = Number(id.slice(1));
    const near = [1, 2, 3].map((step) => this.get(`p${index + step}`));
    const added = this.added.map((each) => this.get(each));
    return [...near, ...added].filter((each): each is DataRecord => each?.references[0] === id);
  }

  list(filter: ProductFilter, sort: SortField, descending: boolean): string[] {
    const key = JSON.stringify([filter, sort, descending]);
    const known = this.lists.get(key);
    if (known) return known;
    const ids = this.isWide(filter) ? [...this.ids()] : [...this.matching(filter)];
    const sorted = ids.length <= SORTED_AT_MOST ? this.sorted(ids, sort) : ids;
    if (descending) sorted.reverse();
    this.lists.set(key, sorted);
    return sorted;
  }

  row(product: DataRecord): ProductRow {
    const { fields } = product;
    const variants = this.variantsOf(product.id);
    return {
      id: product.id,
      version: product.version,
      trashed: product.trashed,
      parentSku: textOf(fields, "parent_sku") || null,
      variants: variants.length,
      sku: textOf(fields, "sku"),
      name: textOf(fields, "name"),
      brand: textOf(fields, "brand"),
      category: textOf(fields, "category"),
      barcode: textOf(fields, "barcode"),
      active: isYes(fields, "active"),
      stock:
        variants.length > 0
          ? variants.reduce((sum, each) => sum + (numberOf(each.fields, "stock") ?? 0), 0)
          : (numberOf(fields, "stock") ?? 0),
      rrp: numberOf(fields, "rrp"),
      cost: numberOf(fields, "cost"),
      storePrice: numberOf(fields, "store_price"),
      promoPrice: numberOf(fields, "promo_price"),
      updatedAt: product.updatedAt,
    };
  }

  facets(): Facets {
    const count = (field: "brand" | "category"): Facet[] => {
      const counts = new Map<string, number>();
      let looked = 0;
      for (const { fields, trashed } of this.all()) {
        const value = textOf(fields, field);
        if (!trashed) counts.set(value, (counts.get(value) ?? 0) + 1);
        if (++looked >= 20_000) break;
      }
      return Array.from(counts)
        .map(([value, total]) => ({ value, count: total }))
        .toSorted((a, b) => a.value.localeCompare(b.value));
    };
    return { brands: count("brand"), categories: count("category") };
  }

  private *ids(): Generator<string> {
    for (let index = 0; index < this.generated; index += 1) yield `p${index}`;
    yield* this.added;
  }

  private isWide(filter: ProductFilter): boolean {
    return (
      this.generated > SORTED_AT_MOST &&
      this.changed.size === 0 &&
      Object.values(filter).every((part) => part === undefined || part === false || part === "")
    );
  }

  private *matching(filter: ProductFilter): Generator<string> {
    for (const product of this.all()) if (matches(product, filter)) yield product.id;
  }

  private sorted(ids: string[], sort: SortField): string[] {
    const keys = new Map(
      ids.map((id) => {
        const product = this.get(id);
        return [id, product ? sortKey(product, sort) : ""] as const;
      }),
    );
    return ids.toSorted((a, b) => {
      const [x = "", y = ""] = [keys.get(a), keys.get(b)];
      return typeof x === "number" && typeof y === "number"
        ? x - y
        : String(x).localeCompare(String(y));
    });
  }
}

function sortKey(product: DataRecord, sort: SortField): string | number {
  const { fields } = product;
  if (sort === "updated_at") return product.updatedAt;
  if (sort === "stock") return numberOf(fields, "stock") ?? 0;
  if (sort === "store_price") return numberOf(fields, "store_price") ?? 0;
  return textOf(fields, sort);
}

function matches({ fields, trashed, references }: DataRecord, filter: ProductFilter): boolean {
  const stock = numberOf(fields, "stock") ?? 0;
  const words = (filter.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (
    trashed === (filter.trashed ?? false) &&
    words.every((word) => haystack(fields).includes(word)) &&
    (!filter.brands?.length || filter.brands.includes(textOf(fields, "brand"))) &&
    (!filter.categories?.length || filter.categories.includes(textOf(fields, "category"))) &&
    (filter.active === undefined || filter.active === isYes(fields, "active")) &&
    (filter.family === undefined ||
      (filter.family === "variants") === ((references[0] ?? null) !== null)) &&
    (filter.stock === undefined ||
      (filter.stock === "in_stock" && stock > 0) ||
      (filter.stock === "out_of_stock" && stock <= 0) ||
      (filter.stock === "low" && stock >= 1 && stock <= 5))
  );
}

function haystack(fields: Fields): string {
  return `${textOf(fields, "name")} ${textOf(fields, "brand")} ${textOf(fields, "sku")} ${textOf(fields, "barcode")}`.toLowerCase();
}
