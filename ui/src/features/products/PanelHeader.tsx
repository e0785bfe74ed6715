import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconDots,
  IconPlus,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { Link, useLocation, useNavigate } from "react-router";

import type { ProductDetail } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { showToast } from "../../components/toast";
import { useMay } from "../../host/state";
import { copyText } from "../../lib/clipboard";
import { formatAgo } from "../../lib/format";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { usePanel } from "./panel";
import classes from "../../components/Panel.module.css";
import { useMoveProducts } from "./useMoveProducts";

/** The product's name and SKU, the way to its neighbours, and what can be done with it. */
export function PanelHeader({ detail }: { detail: ProductDetail }) {
  const { product } = detail;
  const { fields } = product;
  const { walk, close } = usePanel();
  const { search } = useLocation();
  const next = () => void walk?.(1);
  const previous = () => void walk?.(-1);
  useShortcuts({ j: next, k: previous });
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <h2 className={classes.title} data-testid="panel-title">
          {fields.name}
        </h2>
        <div className={classes.subtitle}>
          <span className={classes.sku}>{fields.sku}</span>
          {product.parentId !== null && (
            <Link to={{ pathname: paths.product(product.parentId), search }}>
              Variant of {fields.parent_sku}
            </Link>
          )}
          {product.trashed && <ToneBadge tone="error" label="In the trash" />}
          {!product.trashed && !fields.active && <ToneBadge tone="unchanged" label="Inactive" />}
          <span>Changed {formatAgo(product.updatedAt)}</span>
        </div>
      </div>
      {walk && (
        <>
          <Tooltip label="Previous (K)">
            <ActionIcon aria-label="Previous product" onClick={previous}>
              <IconChevronUp size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Next (J)">
            <ActionIcon aria-label="Next product" onClick={next}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      <ProductMenu detail={detail} />
      <Tooltip label="Close (Esc)">
        <ActionIcon aria-label="Close" onClick={close} data-testid="close-panel">
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function ProductMenu({ detail: { product } }: { detail: ProductDetail }) {
  const mayEdit = useMay("edit_products");
  const navigate = useNavigate();
  const { trash, restore } = useMoveProducts();
  const sku = product.fields.sku ?? "";
  const copySku = async () => {
    await copyText(sku);
    showToast(`${sku} copied.`);
  };
  return (
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
        {mayEdit && product.parentId === null && !product.trashed && (
          <Menu.Item
            leftSection={<IconPlus size={16} />}
            onClick={() => void navigate(newVariantPath(sku))}
          >
            Add a variant
          </Menu.Item>
        )}
        {mayEdit && <Menu.Divider />}
        {mayEdit && product.trashed && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() => restore.mutate({ ids: [product.id] })}
            data-testid="restore-product"
          >
            Restore
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
  );
}

/** The form for a new variant of a product. */
export function newVariantPath(parentSku: string): string {
  return `${paths.newProduct}?${new URLSearchParams({ parent: parentSku }).toString()}`;
}
