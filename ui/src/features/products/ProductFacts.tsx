import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";

import type { ProductDetail } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { formatAgo } from "../../lib/format";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { usePanel } from "./panel";
import classes from "../../components/Panel.module.css";
import { ProductMenu } from "./ProductMenu";

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
