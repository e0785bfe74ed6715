import { paths } from "../../lib/paths";

/** What the address of a form for a new variant says beside how the list is narrowed. */
const PARENT = "parent";

/** The form for a new variant of a product; the list beside it stays as `search` narrows it. */
export function newVariantPath(parentSku: string, search: string): string {
  const params = new URLSearchParams(search);
  params.set(PARENT, parentSku);
  return `${paths.newProduct}?${params.toString()}`;
}

/** How the list is narrowed, without what was said of the new variant. */
export function withoutParent(search: string): string {
  const params = new URLSearchParams(search);
  params.delete(PARENT);
  return params.toString();
}
