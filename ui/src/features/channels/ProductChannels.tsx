import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import type { DataRecord, ListingInfo, RecordId } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useArea } from "../records/areas";
import classes from "./Channels.module.css";
import { CHANNEL } from "./fields";
import { InTheShop, ListingState } from "./ListingTitle";
import { OwnValues, OwnValuesDialog } from "./OwnValues";
import { WhatWaits } from "./QueueTable";
import { useChannelRights } from "./useChannelRights";
import { useChannels } from "./useChannels";

interface ProductChannelsProps {
  product: DataRecord;
  /** Its variants, which go to a shop with it. */
  variants: readonly RecordId[];
}

/** How a product stands in each shop; nothing where no shop is connected. */
export function ProductChannels(props: ProductChannelsProps) {
  const isSeen = useArea("channels") !== undefined;
  return isSeen ? <SeenChannels {...props} /> : null;
}

function SeenChannels({ product, variants }: ProductChannelsProps) {
  const host = useHost();
  const channels = useChannels();
  const listings = useQuery({
    ...commandQuery(host, "listings.of", { id: product.id }),
    enabled: channels.length > 0,
  }).data;
  if (channels.length === 0 || listings === undefined) return null;
  return (
    <section className={classes.inChannels} aria-label="Channels" data-testid="product-channels">
      {channels.map((channel) => (
        <InChannel
          key={channel.id}
          channel={channel}
          listing={listings.find((each) => each.channel === channel.id)}
          product={product}
          variants={variants}
        />
      ))}
    </section>
  );
}

interface InChannelProps extends ProductChannelsProps {
  channel: DataRecord;
  /** What the shop has of it; undefined where it has nothing. */
  listing: ListingInfo | undefined;
}

/** One line: whether it is linked, whether customers see it, what waits or went wrong. */
function InChannel({ channel, listing, product, variants }: InChannelProps) {
  const { mayMatch } = useChannelRights();
  const [isOwn, setIsOwn] = useState(false);
  const name = textOf(channel.fields, CHANNEL.name);
  const isLinked = listing?.link === "linked" && !listing.gone;
  const isWanted = listing?.link === "wanted_there";
  const problem = listing?.problem ?? null;
  const mayWant = mayMatch && !product.trashed && (listing === undefined || isWanted);
  return (
    <div className={classes.inChannel} data-testid="in-channel">
      <Link className={classes.link} to={paths.channel(channel.id)}>
        {name}
      </Link>
      <Standing listing={listing} />
      {listing !== undefined && <InTheShop listing={listing} />}
      {isLinked && mayMatch && !product.trashed && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Values for ${name} alone`}
          onClick={() => setIsOwn(true)}
          data-testid="own-values-button"
        >
          Own values…
        </Button>
      )}
      {listing !== undefined && <Waits listing={listing} />}
      {listing !== undefined && (
        <OwnValues listing={listing} shop={name} product={product} isEditable={mayMatch} />
      )}
      {listing !== undefined && isOwn && (
        <OwnValuesDialog
          listing={listing}
          shop={name}
          product={product}
          onClose={() => setIsOwn(false)}
        />
      )}
      {problem !== null && (
        <span className={classes.fatal}>
          {problem.message} <span className={classes.quiet}>{problem.hint}</span>
        </span>
      )}
      {mayWant && (
        <Want channel={channel} records={[product.id, ...variants]} isWanted={isWanted} />
      )}
    </div>
  );
}

/** What waits for the next sync, and why it did not go yet. */
function Waits({ listing }: { listing: ListingInfo }) {
  const { waits, problem, isPending } = listing;
  if (waits === null && !isPending) return null;
  return (
    <span className={classes.waiting} data-testid="product-waits">
      {waits !== null && <WhatWaits listing={listing} />}
      {problem === null && <span className={classes.quiet}>{listing.whyNotYet}</span>}
    </span>
  );
}

function Standing({ listing }: { listing: ListingInfo | undefined }) {
  if (listing === undefined) return <ToneBadge tone="unchanged" label="Not linked" />;
  if (listing.link === "wanted_there") {
    return <ToneBadge tone="waiting" label="Wanted there" />;
  }
  return (
    <>
      <ListingState listing={listing} />
      {listing.problem !== null && <ToneBadge tone="error" label="Failed" />}
    </>
  );
}

interface WantProps {
  channel: DataRecord;
  records: RecordId[];
  isWanted: boolean;
}

/** Wants the product in the shop, or no more; the next sync plans it. */
function Want({ channel, records, isWanted }: WantProps) {
  const name = textOf(channel.fields, CHANNEL.name);
  const want = useCommand("listings.want", () =>
    showToast(
      isWanted ? `It is not created in ${name}.` : `The next sync plans to create it in ${name}.`,
    ),
  );
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={want.isPending}
      aria-label={isWanted ? `Do not create it in ${name}` : `Create it in ${name}`}
      onClick={() =>
        want.mutate(
          { channel: channel.id, records, wanted: !isWanted },
          { onError: showErrorToast },
        )
      }
      data-testid="want"
    >
      {isWanted ? "Do not create it" : "Create it there"}
    </Button>
  );
}
