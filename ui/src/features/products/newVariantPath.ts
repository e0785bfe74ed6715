import { paths } from "../../lib/paths";

/** The form for a new variant of a product. */
export function newVariantPath(parentSku: string): string {
  return `${paths.newProduct}?${new URLSearchParams({ parent: parentSku }).toString()}`;
}
