import { Link } from "react-router";

import type { ChannelStatus } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { formatAgo, formatInteger, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { platformLabel } from "./accounts";
import { ChannelMenu } from "./ChannelMenu";
import classes from "./Channels.module.css";
import { stateOf } from "./channelState";
import { CHANNEL } from "./fields";
import { type Head, RowsSkeleton, Table } from "./Rows";
import { SyncButton } from "./SyncButton";

/** A row per shop; every number leads to what it counts. */
export function ChannelTable({ channels }: { channels: ChannelStatus[] | undefined }) {
  if (channels === undefined) return <RowsSkeleton what="the channels" />;
  return (
    <Table heads={HEADS} testid="channels">
      {channels.map((status) => (
        <ChannelRow key={status.record.id} status={status} />
      ))}
    </Table>
  );
}

const HEADS: readonly (string | Head)[] = [
  "Name",
  { label: "Platform", as: "aside" },
  "State",
  { label: "Read", as: "aside" },
  { label: "Waiting", as: "number" },
  { label: "Conflicts", as: "asideNumber" },
  { label: "Unmatched", as: "number" },
  { label: "Failed", as: "number" },
  { label: "Gone", as: "asideNumber" },
  "Actions",
];

function ChannelRow({ status }: { status: ChannelStatus }) {
  const { record, sums } = status;
  const { id } = record;
  const state = stateOf(status);
  const name = textOf(record.fields, CHANNEL.name);
  return (
    <tr data-testid="channel-row" aria-label={name}>
      <td className={classes.name}>
        <Link className={classes.link} to={paths.channel(id)}>
          {name}
        </Link>
      </td>
      <td className={classes.aside}>{platformLabel(record)}</td>
      <td>
        <ToneBadge tone={state.tone} label={state.label} />
      </td>
      <td className={classes.aside}>
        <ReadWhen status={status} />
      </td>
      <CountLink
        count={sums.waiting}
        what="waiting"
        to={paths.channelTab(id, "match", "waiting")}
      />
      <CountLink
        count={sums.conflicts}
        what="conflicts"
        to={paths.channelTab(id, "match", "conflict")}
        isAside
      />
      <CountLink
        count={sums.unmatched}
        what="unmatched"
        to={paths.channelTab(id, "match", "unmatched")}
      />
      <CountLink count={sums.failed} what="failed" to={paths.channelTab(id, "failures")} />
      <CountLink count={sums.gone} what="gone" to={paths.channelTab(id, "match", "gone")} isAside />
      <td>
        <div className={classes.actions}>
          <SyncButton channel={record} isCompact />
          <ChannelMenu channel={record} />
        </div>
      </td>
    </tr>
  );
}

/** When the shop was read last, and whether that was stopped half-way. */
export function ReadWhen({ status }: { status: ChannelStatus }) {
  const { fetchedAt, isReading } = status;
  return (
    <>
      {fetchedAt === null ? (
        <span className={classes.quiet}>Never</span>
      ) : (
        <span title={formatMoment(fetchedAt)}>{formatAgo(fetchedAt)}</span>
      )}
      {isReading && <span className={classes.quiet}> · stopped half-way</span>}
    </>
  );
}

interface CountLinkProps {
  count: number;
  /** What is counted, as a word after the number. */
  what: string;
  to: string;
  /** Whether it gives way beside a panel. */
  isAside?: boolean;
}

function CountLink({ count, what, to, isAside = false }: CountLinkProps) {
  return (
    <td className={isAside ? classes.asideNumber : classes.number}>
      {count === 0 ? (
        <span className={classes.quiet}>0</span>
      ) : (
        <Link
          className={classes.link}
          to={to}
          aria-label={`${formatInteger(count)} ${what}`}
          data-testid={`count-${what}`}
        >
          {formatInteger(count)}
        </Link>
      )}
    </td>
  );
}
