import { Button, Table } from "@mantine/core";
import { IconPlus, IconVersions } from "@tabler/icons-react";
import { Link, useLocation, useNavigate } from "react-router";

import type { ProductDetail } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { useMay } from "../../host/state";
import { formatInteger } from "../../lib/format";
import { formatMoney } from "../../lib/money";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { newVariantPath } from "./ProductMenu";
import classes from "./Panel.module.css";

/** The variants of a product: each is a product of its own. */
export function VariantsTab({ detail: { product, variants } }: { detail: ProductDetail }) {
  const mayEdit = useMay("edit_products") && !product.trashed;
  const navigate = useNavigate();
  const { search } = useLocation();
  const add = mayEdit && (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} />}
      onClick={() => void navigate(newVariantPath(textOf(product.fields, "sku")))}
      data-testid="add-variant"
    >
      Add variant
    </Button>
  );
  if (variants.length === 0) {
    return (
      <EmptyState icon={<IconVersions size={22} />} title="No variants" actions={add}>
        Sizes or colours of one product are variants: each with its own SKU, price and stock.
      </EmptyState>
    );
  }
  return (
    <div className={classes.content}>
      <Table className={classes.table ?? ""} verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>SKU</Table.Th>
            <Table.Th>Name</Table.Th>
            <Table.Th ta="right">Stock</Table.Th>
            <Table.Th ta="right">Store price</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {variants.map((variant) => (
            <Table.Tr key={variant.id}>
              <Table.Td>
                <Link to={{ pathname: paths.product(variant.id), search }}>{variant.sku}</Link>
              </Table.Td>
              <Table.Td>{variant.name}</Table.Td>
              <Table.Td ta="right">{formatInteger(variant.stock)}</Table.Td>
              <Table.Td ta="right">{formatMoney(variant.storePrice)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {add}
    </div>
  );
}
