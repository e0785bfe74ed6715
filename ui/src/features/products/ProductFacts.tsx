import { Link, useLocation } from "react-router";

import type { ProductDetail } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { formatAgo } from "../../lib/format";
import { formatRange } from "../../lib/money";
import { paths } from "../../lib/paths";
import { isYes, textOf } from "../../lib/values";
import { CoverageBadge } from "../purchasing/CoverageBadge";
import { useHasSuppliers } from "../purchasing/useHasSuppliers";
import { parentOf } from "./parentOf";
import classes from "./Panel.module.css";

/** What stands under a product's name: its SKU, its parent, how it stands, when it changed. */
export function ProductFacts({ detail }: { detail: ProductDetail }) {
  const { product, coverage, variants } = detail;
  const prices = variants.flatMap(({ storePrice }) => storePrice ?? []);
  const hasSuppliers = useHasSuppliers();
  const { fields, trashed, updatedAt } = product;
  const parent = parentOf(product);
  const { search } = useLocation();
  return (
    <>
      <span className={classes.sku}>{textOf(fields, "sku")}</span>
      {parent !== null && (
        <Link to={{ pathname: paths.product(parent), search }}>
          Variant of {textOf(fields, "parent_sku")}
        </Link>
      )}
      {trashed && <ToneBadge tone="error" label="In the trash" />}
      {!trashed && !isYes(fields, "active") && <ToneBadge tone="unchanged" label="Inactive" />}
      {!trashed && hasSuppliers && <CoverageBadge coverage={coverage} isAlone />}
      {prices.length > 0 && (
        <span title="Store price of its variants">
          {formatRange({ from: Math.min(...prices), to: Math.max(...prices) })}
        </span>
      )}
      <span>Changed {formatAgo(updatedAt)}</span>
    </>
  );
}
