import { Link } from "react-router";

import type { ChannelStatus } from "../../bindings";
import { formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import classes from "./Channels.module.css";
import { SHOWN_LISTINGS } from "./listingFilters";

/** What a shop has, by how it stands to our products; each number leads to its list. */
export function ListingCounts({ status: { record, sums } }: { status: ChannelStatus }) {
  const lists = SHOWN_LISTINGS.map(({ filter, label, sum }) => ({
    label,
    count: sums[sum],
    to: paths.channelTab(record.id, "match", filter),
  }));
  const failed = {
    label: "Failed",
    count: sums.failed,
    to: paths.channelTab(record.id, "failures"),
  };
  return (
    <ul className={classes.counts} aria-label="What the shop has">
      {[...lists, failed].map(({ label, count, to }) => (
        <li key={label}>
          <Link className={classes.link} to={to}>
            {label} {formatInteger(count)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
