import { IconPackage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { DataRecord } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useSeenArea } from "../records/areas";
import { AddLink } from "./AddLink";
import { productOf, SUPPLIER, SUPPLIER_PRODUCT } from "./fields";
import { LinkList } from "./LinkList";
import classes from "./Links.module.css";
import { PriceFileButton } from "./PriceFile";

/** What a supplier sells. */
export function SoldTab({ supplier }: { supplier: DataRecord }) {
  const mayEdit = useSeenArea("supplier_products").mayEdit && !supplier.trashed;
  const code = textOf(supplier.fields, SUPPLIER.code);
  const add = mayEdit && (
    <AddLink
      field={SUPPLIER_PRODUCT.product}
      given={{ [SUPPLIER_PRODUCT.supplier]: code }}
      label="Add a product"
    />
  );
  return (
    <LinkList
      of={{ field: SUPPLIER_PRODUCT.supplier, id: supplier.id }}
      sort={SUPPLIER_PRODUCT.product}
      Title={SoldProduct}
      mayEdit={mayEdit}
      isRanked={false}
      all={paths.soldBy(supplier.id)}
      add={
        <div className={classes.ways}>
          {add}
          <PriceFileButton supplier={supplier} />
        </div>
      }
      empty={
        <EmptyState
          icon={<IconPackage size={22} />}
          title={`${code} sells nothing yet`}
          actions={
            <>
              {add}
              <PriceFileButton supplier={supplier} />
            </>
          }
        >
          Products that you can order from this supplier, with its SKU, cost and packs.
        </EmptyState>
      }
    />
  );
}

/** The product of a supplier product: its SKU leads to it, its name stands beside it. */
function SoldProduct({ link }: { link: DataRecord }) {
  const id = productOf(link);
  const { data } = useQuery({
    ...commandQuery(useHost(), "products.get", { id: id ?? "" }),
    enabled: id !== null,
  });
  const sku = textOf(link.fields, SUPPLIER_PRODUCT.product);
  return (
    <>
      {id === null ? sku : <Link to={paths.product(id)}>{sku}</Link>}
      <span className={classes.name}>{data && textOf(data.product.fields, "name")}</span>
    </>
  );
}
