import { ActionIcon, Tooltip } from "@mantine/core";
import { IconCopy, IconExternalLink } from "@tabler/icons-react";
import { Link } from "react-router";

import type { ItemState, ListedProduct, ListingInfo } from "../../bindings";
import { ToneBadge, type Tone } from "../../components/OutcomeBadge";
import { showErrorToast, showToast } from "../../components/toast";
import { useCopyText } from "../../host/clipboard";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";
import classes from "./Channels.module.css";

const STATES: Record<ItemState, { label: string; tone: Tone }> = {
  live: { label: "Live", tone: "create" },
  hidden: { label: "Hidden", tone: "unchanged" },
  archived: { label: "Archived", tone: "unchanged" },
};

/** What a listing is called: by the shop, or by us where it is not there yet. */
export function nameOf({ sku, title, record }: ListingInfo): string {
  return sku || title || record?.sku || record?.name || "Without a name";
}

/** Whether customers can see it, and whether the shop has it no more. */
export function ListingState({ listing }: { listing: ListingInfo }) {
  const { state, gone, isPending } = listing;
  if (gone) return <ToneBadge tone="conflict" label="Gone from the shop" />;
  if (isPending) return <ToneBadge tone="waiting" label="Pending" />;
  if (state === null) return <span className={classes.quiet}>Not there yet</span>;
  return <ToneBadge {...STATES[state]} />;
}

/** Our product, by its SKU and name. */
export function ProductLink({ product }: { product: ListedProduct }) {
  return (
    <Link className={classes.link} to={paths.product(product.id)} title={product.name}>
      {product.sku}
    </Link>
  );
}

/** What the shop calls it, and where it is found in the shop's own window. */
export function ListingTitle({ listing }: { listing: ListingInfo }) {
  const { title, record, isParent, isVariant } = listing;
  return (
    <span className={classes.title}>
      <span>{title || record?.name || "–"}</span>
      {isParent && <span className={classes.quiet}>with variants</span>}
      {isVariant && <span className={classes.quiet}>a variant</span>}
      <InTheShop listing={listing} />
    </span>
  );
}

/** The ways to a listing in the shop's own window; none where it is not known where that is. */
export function InTheShop({ listing }: { listing: ListingInfo }) {
  if (listing.address === "" || listing.gone) return null;
  return (
    <span className={classes.ways}>
      <OpenInShop listing={listing} />
      <CopyAddress listing={listing} />
    </span>
  );
}

function OpenInShop({ listing }: { listing: ListingInfo }) {
  const host = useHost();
  return (
    <Tooltip label="Open in the shop">
      <ActionIcon
        size="sm"
        aria-label={`Open ${nameOf(listing)} in the shop`}
        onClick={() => void host.openListing(listing.id).catch(showErrorToast)}
        data-testid="open-in-shop"
      >
        <IconExternalLink size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function CopyAddress({ listing }: { listing: ListingInfo }) {
  const copyText = useCopyText();
  const { address } = listing;
  const copy = async () => {
    if (await copyText(address)) showToast("The address in the shop is copied.");
  };
  return (
    <Tooltip label="Copy its address in the shop">
      <ActionIcon
        size="sm"
        aria-label={`Copy the address of ${nameOf(listing)} in the shop`}
        onClick={() => void copy()}
        data-testid="copy-address"
      >
        <IconCopy size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
