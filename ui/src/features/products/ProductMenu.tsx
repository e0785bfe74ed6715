import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconPlus,
  IconTrash,
  IconTrashX,
} from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { ProductDetail } from "../../bindings";
import { showToast } from "../../components/toast";
import { useMay } from "../../host/state";
import { useCopyText } from "../../host/clipboard";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { parentOf } from "./parentOf";
import { PurgeDialog, useBackToTrash } from "./PurgeDialog";
import { useMoveProducts } from "./useMoveProducts";

/** What can be done with a product besides editing it. */
export function ProductMenu({ detail: { product } }: { detail: ProductDetail }) {
  const mayEdit = useMay("edit_products");
  const mayPurge = useMay("purge_products");
  const [isPurging, setIsPurging] = useState(false);
  const backToTrash = useBackToTrash();
  const navigate = useNavigate();
  const { trash, restore } = useMoveProducts();
  const copyText = useCopyText();
  const sku = textOf(product.fields, "sku");
  const copySku = async () => {
    if (await copyText(sku)) showToast(`${sku} copied.`);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="More" data-testid="product-menu">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copySku()}>
            Copy the SKU
          </Menu.Item>
          {mayEdit && parentOf(product) === null && !product.trashed && (
            <Menu.Item
              leftSection={<IconPlus size={16} />}
              onClick={() => void navigate(newVariantPath(sku))}
            >
              Add a variant
            </Menu.Item>
          )}
          {(mayEdit || (mayPurge && product.trashed)) && <Menu.Divider />}
          {mayEdit && product.trashed && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => restore.mutate({ ids: [product.id] })}
              data-testid="restore-product"
            >
              Restore
            </Menu.Item>
          )}
          {mayPurge && product.trashed && (
            <Menu.Item
              color="red"
              leftSection={<IconTrashX size={16} />}
              onClick={() => setIsPurging(true)}
              data-testid="purge-product"
            >
              Delete for good…
            </Menu.Item>
          )}
          {mayEdit && !product.trashed && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => trash.mutate({ ids: [product.id] })}
              data-testid="trash-product"
            >
              Move to trash
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <PurgeDialog
        ids={[product.id]}
        name={sku}
        opened={isPurging}
        onClose={() => setIsPurging(false)}
        onPurged={backToTrash}
      />
    </>
  );
}

/** The form for a new variant of a product. */
export function newVariantPath(parentSku: string): string {
  return `${paths.newProduct}?${new URLSearchParams({ parent: parentSku }).toString()}`;
}
