import { IconTruck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { DataRecord } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { numberOf, textOf } from "../../lib/values";
import { useSeenArea } from "../records/areas";
import { AddLink } from "./AddLink";
import { SUPPLIER, SUPPLIER_PRODUCT, supplierOf } from "./fields";
import { LinkList } from "./LinkList";
import classes from "./Links.module.css";

/** Who sells a product, the supplier to order from first at the top. */
export function SuppliersTab({ product }: { product: DataRecord }) {
  const mayEdit = useSeenArea("supplier_products").mayEdit && !product.trashed;
  const sku = textOf(product.fields, "sku");
  const add = mayEdit && (
    <AddLink
      field={SUPPLIER_PRODUCT.supplier}
      given={{ [SUPPLIER_PRODUCT.product]: sku }}
      label="Add a supplier"
    />
  );
  return (
    <LinkList
      of={{ field: SUPPLIER_PRODUCT.product, id: product.id }}
      sort={SUPPLIER_PRODUCT.supplier}
      compare={byPreference}
      Title={Seller}
      mayEdit={mayEdit}
      isRanked
      all={paths.supplierProducts}
      add={add}
      empty={
        <EmptyState icon={<IconTruck size={22} />} title="No supplier" actions={add}>
          Who sells this product, at what cost and in what packs, and whom to order from first.
        </EmptyState>
      }
    />
  );
}

/** The preferred one first; those without a preference stand last. */
function byPreference(a: DataRecord, b: DataRecord): number {
  return rank(a) - rank(b);
}

function rank({ fields }: DataRecord): number {
  return numberOf(fields, SUPPLIER_PRODUCT.preference) ?? Number.MAX_SAFE_INTEGER;
}

/** The supplier of a supplier product: its code leads to it, its name stands beside it. */
function Seller({ link }: { link: DataRecord }) {
  const id = supplierOf(link);
  const { data } = useQuery({
    ...commandQuery(useHost(), "suppliers.get", { id: id ?? "" }),
    enabled: id !== null,
  });
  const code = textOf(link.fields, SUPPLIER_PRODUCT.supplier);
  return (
    <>
      {id === null ? code : <Link to={paths.supplier(id)}>{code}</Link>}
      <span className={classes.name}>{data && textOf(data.fields, SUPPLIER.name)}</span>
    </>
  );
}
