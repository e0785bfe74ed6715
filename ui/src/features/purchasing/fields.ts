import type { DataRecord, RecordId } from "../../bindings";

/** The fields that the pages of purchasing show in a way of their own, by their keys. */
export const SUPPLIER = {
  code: "supplier.code",
  name: "supplier.name",
  active: "supplier.active",
  currency: "supplier.currency",
} as const;

export const SUPPLIER_PRODUCT = {
  code: "supplier_product.code",
  supplier: "supplier_product.supplier",
  product: "supplier_product.product_sku",
  sku: "supplier_product.supplier_sku",
  name: "supplier_product.supplier_name",
  cost: "supplier_product.cost",
  packSize: "supplier_product.pack_size",
  minimum: "supplier_product.minimum",
  leadTime: "supplier_product.lead_time",
  preference: "supplier_product.preference",
  dropShip: "supplier_product.drop_ship",
} as const;

/** Who sells it, and what: a supplier product names its supplier first, then the product. */
export function supplierOf({ references }: DataRecord): RecordId | null {
  return references[0] ?? null;
}

export function productOf({ references }: DataRecord): RecordId | null {
  return references[1] ?? null;
}
