import type { ProductRow } from "../../bindings";

type Row = Pick<ProductRow, "sku" | "parentSku">;

/** The parent of a variant this far down is out of sight on most screens. */
const FAR = 20;

/** Whether a variant stands in one line of its family below its parent, which need not be named again. */
export function isUnderParent(rowAt: (index: number) => Row | undefined, index: number): boolean {
  const parent = rowAt(index)?.parentSku ?? null;
  if (parent === null) return false;
  for (let above = index - 1; above >= Math.max(0, index - FAR); above -= 1) {
    const row = rowAt(above);
    if (row?.sku === parent) return true;
    if (row?.parentSku !== parent) return false;
  }
  return false;
}
