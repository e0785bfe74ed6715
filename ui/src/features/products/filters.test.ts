import fc from "fast-check";
import { expect, test } from "vitest";

import { isNarrowed, readView, withPart, writeView, type ProductView } from "./filters";

const texts = fc.string({ minLength: 1, maxLength: 12 });
const views: fc.Arbitrary<ProductView> = fc.record({
  filter: fc.record(
    {
      search: texts.filter((text) => text.trim() === text),
      brands: fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      categories: fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      active: fc.boolean(),
      stock: fc.constantFrom("in_stock" as const, "out_of_stock" as const, "low" as const),
      price: fc.oneof(
        fc.record({ from: fc.integer() }),
        fc.record({ to: fc.integer() }),
        fc.record({ from: fc.integer(), to: fc.integer() }),
      ),
      coverage: fc.constantFrom("none" as const, "several" as const, "preferred" as const),
      family: fc.constantFrom("top_level" as const, "variants" as const),
      custom: fc.uniqueArray(
        fc.record(
          {
            field: fc.uuid().map((id) => `custom.${id}`),
            any: fc.array(fc.oneof(fc.string(), fc.boolean(), fc.integer()), { minLength: 1 }),
            from: fc.oneof(fc.integer(), fc.constant("2026-12-31")),
            empty: fc.boolean(),
          },
          { requiredKeys: ["field", "empty"] },
        ),
        { minLength: 1, maxLength: 3, selector: ({ field }) => field },
      ),
      trashed: fc.constant(true),
    },
    { requiredKeys: [] },
  ),
  sort: fc.constantFrom("name" as const, "coverage" as const, "promo_price" as const),
  descending: fc.boolean(),
});

test("a view survives its address", () => {
  fc.assert(
    fc.property(views, (view) => {
      const address = writeView(view).toString();
      expect(readView(new URLSearchParams(address))).toEqual(view);
    }),
  );
});

test("an address that makes no sense shows everything", () => {
  const params = new URLSearchParams(
    "active=7&stock=lots&family=x&suppliers=many&sort=colour&trash=no",
  );
  expect(readView(params)).toEqual({ filter: {}, sort: "name", descending: false });
});

test("an empty part leaves the filter", () => {
  expect(withPart({ brands: ["Alder"], active: true }, "brands", [])).toEqual({ active: true });
  expect(withPart({ active: true }, "active", false)).toEqual({ active: false });
});

test("the trash alone does not narrow", () => {
  expect(isNarrowed({ trashed: true })).toBe(false);
  expect(isNarrowed({ trashed: true, search: "x" })).toBe(true);
});
