import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconDots,
  IconEyeOff,
  IconLink,
  IconLinkOff,
  IconPencil,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListingInfo, RecordId } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { ChooseProduct } from "./ChooseProduct";
import classes from "./Channels.module.css";
import { CHANNEL } from "./fields";
import { nameOf } from "./ListingTitle";
import { OwnValuesDialog } from "./OwnValues";
import { useLinkListings } from "./useLinkListings";

/** What a person can say of one listing. */
export function ListingActions({ listing }: { listing: ListingInfo }) {
  const { channel, link } = listing;
  const { say, isPending } = useLinkListings(channel);
  const [isChoosing, setIsChoosing] = useState(false);
  const [isOwn, setIsOwn] = useState(false);
  if (listing.isPending) return null;
  if (link === "wanted_there") return <Unwant listing={listing} />;
  const linkTo = (record: RecordId) => say([{ listing, link: "linked", record }], "linked");
  return (
    <span className={classes.actions}>
      {link === "unmatched" &&
        listing.candidates.map(({ id, sku, name }) => (
          <Button
            key={id}
            size="compact-sm"
            variant="default"
            leftSection={<IconLink size={14} />}
            disabled={isPending}
            title={name}
            aria-label={`Link ${nameOf(listing)} with ${sku}`}
            onClick={() => linkTo(id)}
            data-testid="link-candidate"
          >
            {sku}
          </Button>
        ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${nameOf(listing)}`} data-testid="listing-menu">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconSearch size={16} />}
            onClick={() => setIsChoosing(true)}
            data-testid="choose"
          >
            Choose a product…
          </Menu.Item>
          {link === "linked" && listing.record !== null && (
            <Menu.Item
              leftSection={<IconPencil size={16} />}
              onClick={() => setIsOwn(true)}
              data-testid="own-menu"
            >
              Values for this shop alone…
            </Menu.Item>
          )}
          {link === "unmatched" && (
            <Menu.Item
              leftSection={<IconPlus size={16} />}
              onClick={() => say([{ listing, link: "wanted_here" }], "wanted here")}
              data-testid="create-here"
            >
              Create it here
            </Menu.Item>
          )}
          {link !== "ignored" && (
            <Menu.Item
              leftSection={<IconEyeOff size={16} />}
              onClick={() => say([{ listing, link: "ignored" }], "ignored")}
              data-testid="ignore"
            >
              Ignore it
            </Menu.Item>
          )}
          {link !== "unmatched" && (
            <Menu.Item
              leftSection={<IconLinkOff size={16} />}
              onClick={() => say([{ listing, link: "unmatched" }], "unmatched again")}
              data-testid="unlink"
            >
              {UNMATCH[link]}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isOwn && <OwnOfListing listing={listing} onClose={() => setIsOwn(false)} />}
      {isChoosing && (
        <ChooseProduct
          listing={listing}
          onChosen={(product) => {
            setIsChoosing(false);
            linkTo(product);
          }}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </span>
  );
}

interface OwnOfListingProps {
  listing: ListingInfo;
  onClose: () => void;
}

/** The values of its own that a listing's product has in the shop, beside those that it has everywhere. */
function OwnOfListing({ listing, onClose }: OwnOfListingProps) {
  const host = useHost();
  const { channel, record } = listing;
  const shop = useQuery(commandQuery(host, "channels.get", { id: channel })).data;
  const product = useQuery(commandQuery(host, "products.get", { id: record?.id ?? "" })).data;
  if (shop === undefined || product === undefined) return null;
  return (
    <OwnValuesDialog
      listing={listing}
      shop={textOf(shop.fields, CHANNEL.name)}
      product={product.product}
      onClose={onClose}
    />
  );
}

/** What making a listing unmatched is called, by what it was. */
const UNMATCH = {
  linked: "Unlink",
  ignored: "Look at it again",
  wanted_here: "Do not create it",
} as const;

/** Takes back that a product shall be created in the shop. */
function Unwant({ listing }: { listing: ListingInfo }) {
  const { channel, record } = listing;
  const unwant = useCommand("listings.want", () =>
    showToast(`${nameOf(listing)} is not created in the shop.`),
  );
  if (record === null) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={unwant.isPending}
      aria-label={`Do not create ${nameOf(listing)}`}
      onClick={() =>
        unwant.mutate({ channel, records: [record.id], wanted: false }, { onError: showErrorToast })
      }
      data-testid="unwant"
    >
      Do not create it
    </Button>
  );
}
