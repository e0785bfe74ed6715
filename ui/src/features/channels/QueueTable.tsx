import type { Field, ListingInfo } from "../../bindings";
import { useFields } from "../../host/state";
import { formatAgo, formatMoment } from "../../lib/format";
import classes from "./Channels.module.css";
import { ListingTitle, nameOf, ProductLink } from "./ListingTitle";
import { Table } from "./Rows";

interface QueueTableProps {
  rows: readonly ListingInfo[];
}

/** What waits for the next sync: what it is, since when, and why it did not go yet. */
export function QueueTable({ rows }: QueueTableProps) {
  return (
    <Table
      heads={["Product", "Title in the shop", "What waits", "Changed", "Why not yet"]}
      testid="queue"
    >
      {rows.map((listing) => (
        <tr key={listing.id} data-testid="queued" aria-label={nameOf(listing)}>
          <td className={classes.code}>
            {listing.record ? <ProductLink product={listing.record} /> : nameOf(listing)}
          </td>
          <td>
            <ListingTitle listing={listing} />
          </td>
          <td>
            <WhatWaits listing={listing} />
          </td>
          <td className={classes.code}>
            <Since listing={listing} />
          </td>
          <td>{listing.whyNotYet}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Which fields wait, and where they go. */
export function WhatWaits({ listing }: { listing: ListingInfo }) {
  const { byKey } = useFields("product");
  const { link, waits } = listing;
  if (link === "wanted_there") return <>→ Create it in the shop</>;
  if (link === "wanted_here") return <>← Create it here</>;
  if (waits === null) return <span className={classes.quiet}>No field differs</span>;
  const named = (fields: readonly Field[]) =>
    fields.map((field) => byKey.get(field)?.label ?? field).join(", ");
  const parts = [
    { mark: "→", label: "To the shop", fields: waits.toShop },
    { mark: "←", label: "From the shop", fields: waits.toHere },
    { mark: "⇄", label: "Both changed", fields: waits.disputed },
  ];
  return (
    <span className={classes.waits}>
      {parts
        .filter(({ fields }) => fields.length > 0)
        .map(({ mark, label, fields }) => (
          <span key={label} title={`${label}: ${named(fields)}`}>
            <span aria-hidden>{mark} </span>
            <span className="visually-hidden">{label}: </span>
            {named(fields)}
          </span>
        ))}
    </span>
  );
}

function Since({ listing }: { listing: ListingInfo }) {
  const at = listing.waits?.since ?? null;
  if (at === null) return <span className={classes.quiet}>–</span>;
  return <span title={formatMoment(at)}>{formatAgo(at)}</span>;
}
