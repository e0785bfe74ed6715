import { Button } from "@mantine/core";
import { IconCircleCheck, IconEyeOff, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";

import type { ListingInfo } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { Toolbar } from "../../components/Toolbar";
import { formatAgo, formatCount, formatInteger, formatMoment } from "../../lib/format";
import type { ChannelTabProps } from "./channelTab";
import classes from "./Channels.module.css";
import { Choose, ChooseAll, type ChosenListings } from "./Choose";
import { isPaused } from "./channelState";
import { ListingTitle, nameOf, ProductLink } from "./ListingTitle";
import { Rows, Table } from "./Rows";
import { useChannelRights } from "./useChannelRights";
import { useLinkListings } from "./useLinkListings";
import { useListings } from "./useListings";
import { useRetry } from "./useRetry";

const NONE: ReadonlySet<string> = new Set();

/** What could not be synced, why, and what to do: try it again, or leave it alone. */
export function FailuresTab({ channel, status }: ChannelTabProps) {
  const failed = useListings({ channel: channel.id, filter: "failed" });
  const can = useCan({ channel, status });
  const [chosen, choose] = useState(NONE);
  const selected = (failed.rows ?? []).filter(({ id }) => chosen.has(id));
  return (
    <div className={classes.content}>
      {failed.rows !== undefined && failed.rows.length > 0 && (
        <Toolbar
          instead={
            selected.length > 0 && (
              <SelectedFailures can={can} selected={selected} onDone={() => choose(NONE)} />
            )
          }
        >
          <AllFailures can={can} shown={failed.rows.length} all={status?.sums.failed} />
        </Toolbar>
      )}
      <Rows
        list={failed}
        what="the failures"
        empty={
          <EmptyState icon={<IconCircleCheck size={22} />} title="Nothing failed">
            What the shop refuses, or what cannot be sent to it, is listed here with the reason.
          </EmptyState>
        }
        testid="more-failures"
      >
        {(rows) => <FailureTable rows={rows} can={can} choice={{ chosen, choose }} />}
      </Rows>
    </div>
  );
}

/** What can be done with failures; null for what the user may not do. */
interface Can {
  retry: ((listings: readonly ListingInfo[] | "all") => void) | null;
  ignore: ((listings: readonly ListingInfo[]) => void) | null;
  isBusy: boolean;
}

function useCan({ channel }: ChannelTabProps): Can {
  const { mayMatch, maySync } = useChannelRights();
  const { say, isPending } = useLinkListings(channel.id);
  const retry = useRetry(channel.id);
  const ignore = (listings: readonly ListingInfo[]) =>
    say(
      listings.map((listing) => ({ listing, link: "ignored" })),
      "ignored",
    );
  return {
    retry: maySync && !channel.trashed && !isPaused(channel) ? retry.mutate : null,
    ignore: mayMatch && !channel.trashed ? ignore : null,
    isBusy: isPending || retry.isPending,
  };
}

interface AllFailuresProps {
  can: Can;
  shown: number;
  /** How many there are in all; undefined while that is counted. */
  all: number | undefined;
}

function AllFailures({ can, shown, all: counted = 0 }: AllFailuresProps) {
  const all = Math.max(shown, counted);
  return (
    <div className={classes.bar}>
      <p className={classes.quiet} data-testid="failures-count">
        {shown < all
          ? `The first ${formatInteger(shown)} of ${formatCount(all, "failure")}`
          : formatCount(all, "failure")}
        . Everything else went on.
      </p>
      {can.retry !== null && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={can.isBusy}
          title="Reads the shop, and plans these again"
          onClick={() => can.retry?.("all")}
          data-testid="retry-all"
        >
          Retry {all === 1 ? "it" : `all ${formatInteger(all)}`}
        </Button>
      )}
    </div>
  );
}

interface SelectedFailuresProps {
  can: Can;
  selected: readonly ListingInfo[];
  onDone: () => void;
}

function SelectedFailures({ can, selected, onDone }: SelectedFailuresProps) {
  const ignored = selected.filter(canBeIgnored);
  return (
    <div className={classes.selected} role="group" aria-label="Of the selected" data-testid="bulk">
      <strong>{formatCount(selected.length, "failure")} selected</strong>
      {can.retry !== null && (
        <Button
          size="compact-sm"
          leftSection={<IconRefresh size={14} />}
          loading={can.isBusy}
          onClick={() => can.retry?.(selected)}
          data-testid="retry-selected"
        >
          Retry {formatInteger(selected.length)}
        </Button>
      )}
      {can.ignore !== null && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconEyeOff size={14} />}
          disabled={can.isBusy || ignored.length === 0}
          title="Those that the shop has"
          onClick={() => {
            can.ignore?.(ignored);
            onDone();
          }}
          data-testid="ignore-selected"
        >
          Ignore {formatInteger(ignored.length)}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        Clear
      </Button>
    </div>
  );
}

/** What is not in the shop yet is not wanted there, rather than left alone there. */
function canBeIgnored({ link }: ListingInfo): boolean {
  return link !== "wanted_there" && link !== "ignored";
}

interface FailureTableProps {
  rows: readonly ListingInfo[];
  can: Can;
  choice: ChosenListings;
}

function FailureTable({ rows, can, choice }: FailureTableProps) {
  const isEditable = can.retry !== null || can.ignore !== null;
  return (
    <Table
      heads={[
        ...(isEditable ? [{ label: <ChooseAll rows={rows} choice={choice} /> }] : []),
        "Product",
        "Title in the shop",
        "Why",
        "What to do",
        "Last tried",
        ...(isEditable ? ["Actions"] : []),
      ]}
      testid="failures"
    >
      {rows.map((listing) => (
        <Failure key={listing.id} listing={listing} can={can} choice={isEditable ? choice : null} />
      ))}
    </Table>
  );
}

interface FailureProps {
  listing: ListingInfo;
  can: Can;
  choice: ChosenListings | null;
}

function Failure({ listing, can, choice }: FailureProps) {
  const { problem, record } = listing;
  if (problem === null) return null;
  const { message, hint, at, tries, retries, requestId } = problem;
  return (
    <tr data-testid="failure" aria-label={nameOf(listing)}>
      {choice !== null && (
        <td>
          <Choose listing={listing} choice={choice} />
        </td>
      )}
      <td className={classes.code}>
        {record ? <ProductLink product={record} /> : nameOf(listing)}
      </td>
      <td>
        <ListingTitle listing={listing} />
      </td>
      <td>
        {message}
        {requestId !== null && (
          <div className={classes.note}>The shop calls the request {requestId}.</div>
        )}
      </td>
      <td>
        {hint || "–"}
        {retries && <div className={classes.note}>The next sync tries it again.</div>}
      </td>
      <td className={classes.code} title={formatMoment(at)}>
        {formatAgo(at)}
        {tries > 1 && <div className={classes.note}>{formatCount(tries, "try", "tries")}</div>}
      </td>
      {choice !== null && (
        <td>
          <FailureActions listing={listing} can={can} />
        </td>
      )}
    </tr>
  );
}

function FailureActions({ listing, can }: Omit<FailureProps, "choice">) {
  const name = nameOf(listing);
  return (
    <span className={classes.actions}>
      {can.retry !== null && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={can.isBusy}
          aria-label={`Retry ${name}`}
          onClick={() => can.retry?.([listing])}
          data-testid="retry"
        >
          Retry
        </Button>
      )}
      {can.ignore !== null && canBeIgnored(listing) && (
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={can.isBusy}
          aria-label={`Ignore ${name}`}
          onClick={() => can.ignore?.([listing])}
          data-testid="ignore-failure"
        >
          Ignore
        </Button>
      )}
    </span>
  );
}
