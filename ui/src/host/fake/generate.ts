import type { DataRecord, Fields } from "../../bindings";
import { blankFields } from "../../lib/values";

const BRANDS = ["Alder", "BrandX", "Corrie", "Dunmore", "Eastgate", "Fenwick", "Greta & Sons", ""];
const THINGS: [string, string][] = [
  ["T-shirt", "Apparel > Shirts"],
  ["Rain jacket", "Apparel > Jackets"],
  ["Wool socks", "Apparel > Socks"],
  ["Enamel mug", "Kitchen > Mugs"],
  ["Bread knife", "Kitchen > Knives"],
  ["Desk lamp", "Home > Lighting"],
  ["Garden trowel", "Garden > Tools"],
  ["Seed tray", "Garden > Growing"],
  ["Canvas tote", "Bags"],
  ["Travel bottle", "Outdoor > Bottles"],
];
const WORDS = ["Classic", "Heavy", "Slim", "Field", "Harbour", "Meadow", "Quarry", "Moss"];
const COLOURS = ["Black", "Bone", "Moss green"];

/** A few families among single products: 0 is a parent, 1 to 3 are its variants. */
const FAMILY = 8;
const START = Date.UTC(2026, 10, 20, 9, 0, 0);

/** The product with this number: always the same one. */
export function generate(index: number): DataRecord {
  const place = index % FAMILY;
  const isVariant = place >= 1 && place <= 3;
  const head = isVariant ? index - place : index;
  return {
    kind: "product",
    id: `p${index}`,
    version: 1,
    trashed: false,
    references: [isVariant ? `p${head}` : null],
    fields: fieldsOf(index, head, isVariant, place),
    updatedAt: START - (index % 5000) * 1_740_000,
  };
}

function fieldsOf(index: number, head: number, isVariant: boolean, place: number): Fields {
  const [thing, category] = THINGS[head % THINGS.length] ?? ["Thing", "Things"];
  const word = WORDS[Math.floor(head / 10) % WORDS.length] ?? "";
  const colour = COLOURS[place - 1] ?? "";
  const number = String(100_000 + head);
  const price = 49_500 + ((head * 7919) % 900) * 1000;
  const hasVariants = place === 0;
  return {
    ...blankFields(),
    sku: isVariant ? `BS-${number}-${colour.slice(0, 3).toUpperCase()}` : `BS-${number}`,
    parent_sku: isVariant ? `BS-${number}` : null,
    name: isVariant ? `${word} ${thing} ${colour}` : `${word} ${thing}`,
    brand: BRANDS[head % BRANDS.length] || null,
    category,
    tags: head % 3 === 0 ? ["new", "spring"] : null,
    description: `<p>The <strong>${word.toLowerCase()} ${thing.toLowerCase()}</strong>, made to last.</p>`,
    barcode: hasVariants ? null : String(5_000_000_000_000 + index * 7),
    active: head % 11 !== 5,
    stock: hasVariants ? 0 : Math.max(0, ((index * 37) % 160) - 9),
    rrp: price + 20_000,
    cost: Math.floor(price * 0.45),
    store_price: hasVariants ? null : price,
    promo_price: head % 9 === 0 ? price - 15_000 : null,
    promo_start: head % 9 === 0 ? "2026-11-20" : null,
    promo_end: head % 9 === 0 ? "2026-12-24" : null,
    weight: 1500 + (head % 90) * 100,
    option1_name: isVariant ? "Colour" : null,
    option1_value: isVariant ? colour : null,
  };
}
