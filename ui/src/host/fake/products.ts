import type {
  Change,
  DataRecord,
  FieldProblem,
  Fields,
  KeptRecord,
  Moved,
  Operation,
  SavedRecord,
} from "../../bindings";
import { blankFields, sameValue, textOf, valueIn } from "../../lib/values";
import { FIELDS } from "./fields";
import { recordBatch } from "./journal";
import { refuse, type Handlers, type World } from "./world";

const skuOf = (product: DataRecord | undefined): string =>
  product ? textOf(product.fields, "sku") : "";

/** The commands about products. */
export function productHandlers(world: World): Handlers {
  const { catalog } = world;
  const find = (id: string): DataRecord => {
    const product = catalog.get(id);
    if (!product) throw refuse("not_found", "This product is not there any more.");
    return product;
  };
  return {
    "products.list": ({ filter, sort, descending, offset, limit }) => {
      const ids = catalog.list(filter, sort, descending);
      const rows = ids.slice(offset, offset + limit).map((id) => catalog.row(find(id)));
      return { rows, sorted: !(filter.search && ids.length > 10_000) };
    },
    "products.count": ({ filter }) => {
      const count = catalog.list(filter, "name", false).length;
      return filter.search && count > 10_000
        ? { count: 10_000, exact: false }
        : { count, exact: true };
    },
    "products.facets": () => catalog.facets(),
    "products.get": ({ id }) => ({
      product: find(id),
      variants: catalog.variantsOf(id).map((each) => catalog.row(each)),
    }),
    "products.find": ({ skus }) => skus.flatMap((sku) => catalog.findSku(sku) ?? []),
    "products.history": ({ id }) =>
      world.journal.filter(({ recordId }) => recordId === id).toReversed(),
    "products.check": ({ fields, id }) => check(world, fields, id ?? null),
    "products.create": ({ fields }) => create(world, fields),
    "products.update": ({ id, version, changes }) => update(world, find(id), version, changes),
    "products.trash": ({ ids }) => move(world, ids.map(find), "trash"),
    "products.purge": ({ ids }) => {
      const found = ids.map(find);
      for (const product of found) catalog.remove(product.id);
      const label = found.length === 1 ? skuOf(found[0]) : `${found.length} products`;
      const written = found.map((product) => ({
        product,
        operation: "purge" as const,
        changes: [],
      }));
      const batchId = recordBatch(world, "form", label, written);
      return { moved: found.length, kept: [], batchId };
    },
    "products.restore": ({ ids }) => move(world, ids.map(find), "restore"),
  };
}

function check(world: World, fields: Fields, id: string | null): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: FieldProblem["field"], message: string) =>
    problems.push({ field, message, value: valueIn(fields, field) });
  const [sku, name, start, end] = ["sku", "name", "promo_start", "promo_end"].map((field) =>
    textOf(fields, field),
  );
  if (!sku) add("sku", "A SKU is needed.");
  if (!name) add("name", "A name is needed.");
  const same = sku ? world.catalog.findSku(sku) : undefined;
  if (sku && same && same.id !== id) add("sku", `The SKU ${sku} is taken. Type another one.`);
  if (start && end && end < start) {
    add("promo_end", `The promotion ends on ${end}, before it starts on ${start}.`);
  }
  return problems;
}

function refuseProblems(problems: FieldProblem[]): void {
  if (problems.length === 0) return;
  throw refuse("invalid", "Some fields break a rule.", {
    fields: Object.fromEntries(problems.map(({ field, message }) => [field, message])),
  });
}

function create(world: World, fields: Fields): SavedRecord {
  refuseProblems(check(world, fields, null));
  const parentSku = textOf(fields, "parent_sku");
  const parent = parentSku ? world.catalog.findSku(parentSku) : undefined;
  if (parentSku && !parent) {
    throw refuse("invalid", "The parent is not there.", {
      fields: { parent_sku: `There is no product ${parentSku}.` },
    });
  }
  const product: DataRecord = {
    kind: "product",
    id: world.id("new"),
    version: 1,
    trashed: false,
    references: [parent?.id ?? null],
    fields: { ...blankFields(), ...fields },
    updatedAt: Date.now(),
  };
  const blank = blankFields();
  const changes = FIELDS.filter(
    ({ key }) => !sameValue(valueIn(blank, key), valueIn(product.fields, key)),
  ).map(({ key }): Change => ({
    field: key,
    old: valueIn(blank, key),
    new: valueIn(product.fields, key),
  }));
  return save(world, product, "create", changes);
}

function update(
  world: World,
  product: DataRecord,
  _version: number,
  changes: Change[],
): SavedRecord {
  const conflicts = changes.filter(
    ({ field, old, new: next }) =>
      !sameValue(valueIn(product.fields, field), old) &&
      !sameValue(valueIn(product.fields, field), next),
  );
  if (conflicts.length > 0) {
    throw refuse("conflict", "Vic changed the same fields 2 minutes ago.", {
      fields: Object.fromEntries(
        conflicts.map(({ field }) => [
          field,
          `It is ${String(valueIn(product.fields, field))} now.`,
        ]),
      ),
    });
  }
  const fields = { ...product.fields, ...Object.fromEntries(changes.map((c) => [c.field, c.new])) };
  refuseProblems(check(world, fields, product.id));
  const next = { ...product, fields, version: product.version + 1, updatedAt: Date.now() };
  return save(world, next, "update", changes);
}

function save(
  world: World,
  product: DataRecord,
  operation: Operation,
  changes: Change[],
): SavedRecord {
  world.catalog.put(product);
  const batchId = recordBatch(world, "form", skuOf(product), [{ product, operation, changes }]);
  return { record: product, batchId };
}

function move(world: World, products: DataRecord[], operation: "trash" | "restore"): Moved {
  const trashed = operation === "trash";
  const kept: KeptRecord[] = [];
  const moved: DataRecord[] = [];
  const family = products.flatMap((each) => [each, ...world.catalog.variantsOf(each.id)]);
  for (const product of new Set(family)) {
    if (product.trashed === trashed) continue;
    moved.push({ ...product, trashed, version: product.version + 1, updatedAt: Date.now() });
  }
  for (const product of moved) world.catalog.put(product);
  const label = moved.length === 1 ? skuOf(moved[0]) : `${moved.length} products`;
  const batchId =
    moved.length === 0
      ? null
      : recordBatch(
          world,
          operation,
          label,
          moved.map((product) => ({ product, operation, changes: [] })),
        );
  return { moved: moved.length, kept, batchId };
}
