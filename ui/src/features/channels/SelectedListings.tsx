import { Button } from "@mantine/core";
import { IconEyeOff, IconLink, IconPlus } from "@tabler/icons-react";

import type { ListingInfo, RecordId } from "../../bindings";
import { formatCount, formatInteger } from "../../lib/format";
import classes from "./Channels.module.css";
import { type NewLink, useLinkListings } from "./useLinkListings";

interface SelectedListingsProps {
  channel: RecordId;
  /** The unmatched listings that are selected. */
  listings: readonly ListingInfo[];
  /** How many are unmatched in all, where all that are shown are selected and there are more. */
  more: number | null;
  /** Selects them all, wherever they are. */
  onSelectAll: () => void;
  /** Whether they are being read. */
  isSelecting: boolean;
  onDone: () => void;
}

/** Says of many unmatched listings at once what they are. */
export function SelectedListings(props: SelectedListingsProps) {
  const { channel, listings, more, onSelectAll, isSelecting, onDone } = props;
  const { say, isPending } = useLinkListings(channel);
  const found = listings.flatMap((listing) => onlyCandidate(listing) ?? []);
  const all = (link: "wanted_here" | "ignored", done: string) => {
    say(
      listings.map((listing) => ({ listing, link })),
      done,
    );
    onDone();
  };
  return (
    <div className={classes.selected} role="group" aria-label="Of the selected" data-testid="bulk">
      <strong>{formatCount(listings.length, "listing")} selected</strong>
      {more !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={isSelecting}
          onClick={onSelectAll}
          data-testid="select-everything"
        >
          Select all {formatInteger(more)}
        </Button>
      )}
      <Button
        size="compact-sm"
        leftSection={<IconLink size={14} />}
        disabled={isPending || found.length === 0}
        title="Those for which one product was found"
        onClick={() => {
          say(found, "linked");
          onDone();
        }}
        data-testid="bulk-link"
      >
        Link {formatInteger(found.length)} found
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={isPending}
        onClick={() => all("wanted_here", "wanted here")}
        data-testid="bulk-create"
      >
        Create here
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconEyeOff size={14} />}
        disabled={isPending}
        onClick={() => all("ignored", "ignored")}
        data-testid="bulk-ignore"
      >
        Ignore
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        Clear
      </Button>
    </div>
  );
}

/** The link of a listing for which one product alone was found. */
function onlyCandidate(listing: ListingInfo): NewLink | null {
  const [product, ...others] = listing.candidates;
  if (product === undefined || others.length > 0) return null;
  return { listing, link: "linked", record: product.id };
}
