import type { ListingInfo } from "../../bindings";
import { formatCount } from "../../lib/format";
import classes from "./Channels.module.css";
import { Choose, ChooseAll, type ChosenListings } from "./Choose";
import { ListingActions } from "./ListingActions";
import { ListingState, ListingTitle, nameOf, ProductLink } from "./ListingTitle";
import { Table } from "./Rows";

interface ListingTableProps {
  rows: readonly ListingInfo[];
  /** Null where nothing can be said of many. */
  choice: ChosenListings | null;
  /** Whether anything can be said of them. */
  mayMatch: boolean;
}

/** What a shop has, and what each is here. */
export function ListingTable({ rows, choice, mayMatch }: ListingTableProps) {
  return (
    <Table
      heads={[
        ...(choice ? [{ label: <ChooseAll rows={rows} choice={choice} /> }] : []),
        "SKU in the shop",
        "Barcode",
        "Title in the shop",
        "State",
        "Product here",
        ...(mayMatch ? ["What it is"] : []),
      ]}
      testid="listings"
    >
      {rows.map((listing) => (
        <tr key={listing.id} data-testid="listing" aria-label={nameOf(listing)}>
          {choice && (
            <td>
              <Choose listing={listing} choice={choice} />
            </td>
          )}
          <td className={classes.code}>{listing.sku || "–"}</td>
          <td className={classes.code}>{listing.barcode || "–"}</td>
          <td>
            <ListingTitle listing={listing} />
            <OwnCount listing={listing} />
          </td>
          <td>
            <ListingState listing={listing} />
          </td>
          <td>
            {listing.record ? (
              <ProductLink product={listing.record} />
            ) : (
              <span className={classes.quiet}>{hereWithout(listing)}</span>
            )}
          </td>
          {mayMatch && (
            <td>
              <ListingActions listing={listing} />
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

/** Says that the product has values of its own in this shop. */
function OwnCount({ listing }: { listing: ListingInfo }) {
  const count = Object.keys(listing.own).length;
  if (count === 0) return null;
  return (
    <div className={classes.note} data-testid="own-count">
      {formatCount(count, "value")} for this shop alone
    </div>
  );
}

/** What stands in the place of a product where there is none. */
function hereWithout({ link, candidates }: ListingInfo): string {
  if (link === "wanted_here") return "Wanted here";
  if (link !== "unmatched") return "–";
  if (candidates.length === 0) return "None found";
  return candidates.map(({ sku }) => `${sku}?`).join(" ");
}
