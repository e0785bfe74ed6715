import { Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useLocation, useNavigate } from "react-router";

import type { ProductDetail } from "../../bindings";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { RecordMenu } from "../records/RecordMenu";
import { newVariantPath } from "./newVariantPath";
import { parentOf } from "./parentOf";
import { useFamilyItems } from "./variants/FamilyMenu";

/** What else goes when a product is deleted for good. */
export const PURGES_VARIANTS = "Variants go with their parent.";

/** What can be done with a product besides editing it. */
export function ProductMenu({ detail: { product, variants } }: { detail: ProductDetail }) {
  const mayEdit = useMay("edit_products");
  const navigate = useNavigate();
  const { search } = useLocation();
  const sku = textOf(product.fields, "sku");
  const family = useFamilyItems(product, variants.length > 0);
  return (
    <>
      <RecordMenu
        area="products"
        record={product}
        codeName="SKU"
        trash={`${paths.products}?trash=1`}
        purgesMore={PURGES_VARIANTS}
      >
        {mayEdit && parentOf(product) === null && !product.trashed && (
          <Menu.Item
            leftSection={<IconPlus size={16} />}
            onClick={() => void navigate(newVariantPath(sku, search))}
          >
            Add a variant
          </Menu.Item>
        )}
        {mayEdit && !product.trashed && family.items}
      </RecordMenu>
      {family.dialog}
    </>
  );
}
