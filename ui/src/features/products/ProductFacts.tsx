import { Link, useLocation } from "react-router";

import type { ProductDetail } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { formatAgo } from "../../lib/format";
import { paths } from "../../lib/paths";
import classes from "./Panel.module.css";

/** What stands under a product's name: its SKU, its parent, how it stands, when it changed. */
export function ProductFacts({ detail: { product } }: { detail: ProductDetail }) {
  const { fields, parentId, trashed, updatedAt } = product;
  const { search } = useLocation();
  return (
    <>
      <span className={classes.sku}>{fields.sku}</span>
      {parentId !== null && (
        <Link to={{ pathname: paths.product(parentId), search }}>
          Variant of {fields.parent_sku}
        </Link>
      )}
      {trashed && <ToneBadge tone="error" label="In the trash" />}
      {!trashed && !fields.active && <ToneBadge tone="unchanged" label="Inactive" />}
      <span>Changed {formatAgo(updatedAt)}</span>
    </>
  );
}
