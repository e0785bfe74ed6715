import { Button } from "@mantine/core";
import { IconMessages, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { ChannelExchange, RecordId } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { useHost } from "../../host/context";
import { formatBytes, formatInteger, formatMoment } from "../../lib/format";
import type { ChannelTabProps } from "./channelTab";
import classes from "./Channels.module.css";
import { type Head, Rows, Table } from "./Rows";

/** How many are shown at a time. */
const PAGE_LENGTH = 100;

/** What was said to the shop, the latest first. It is read anew whenever it is opened. */
function useExchanges(id: RecordId) {
  const host = useHost();
  const query = useInfiniteQuery({
    queryKey: ["channels.exchanges", { id }],
    queryFn: ({ pageParam: before }) =>
      host.call("channels.exchanges", { id, before, limit: PAGE_LENGTH }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ rows }) =>
      rows.length < PAGE_LENGTH ? null : (rows[rows.length - 1]?.place ?? null),
    gcTime: 0,
  });
  return { ...query, rows: query.data?.pages.flatMap((page) => page.rows) };
}

/** Every request to the shop and what came of it. */
export function LogTab({ channel }: ChannelTabProps) {
  const log = useExchanges(channel.id);
  return (
    <div className={classes.content}>
      <div className={classes.bar}>
        <p className={classes.quiet}>What was said to the shop, without secrets.</p>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={log.isRefetching}
          onClick={() => void log.refetch()}
        >
          Read again
        </Button>
      </div>
      <Rows
        list={log}
        what="the log"
        empty={
          <EmptyState icon={<IconMessages size={22} />} title="Nothing was said yet">
            Every request to the shop is listed here, with its answer and how long it took.
          </EmptyState>
        }
        testid="more-exchanges"
      >
        {(rows) => (
          <Table heads={HEADS} testid="exchanges">
            {rows.map((exchange) => (
              <Exchange key={exchange.place} exchange={exchange} />
            ))}
          </Table>
        )}
      </Rows>
    </div>
  );
}

const HEADS: readonly (string | Head)[] = [
  "When",
  "What",
  "Answer",
  { label: "Took", as: "number" },
  { label: "Sent", as: "number" },
  { label: "Received", as: "number" },
  { label: "Cost", as: "number" },
  "Request id",
];

function Exchange({ exchange }: { exchange: ChannelExchange }) {
  const { operation, status, request, error } = exchange;
  return (
    <tr data-testid="exchange">
      <td className={classes.code}>{formatMoment(exchange.at)}</td>
      <td>
        {request === "" ? (
          operation
        ) : (
          <details>
            <summary>{operation}</summary>
            <pre className={classes.request}>{request}</pre>
          </details>
        )}
      </td>
      <td className={error === "" ? undefined : classes.fatal}>
        {status === null ? "No answer" : status}
        {error !== "" && <div>{error}</div>}
      </td>
      <td className={classes.number}>{formatInteger(exchange.tookMs)} ms</td>
      <td className={classes.number}>{formatBytes(exchange.sent)}</td>
      <td className={classes.number}>{formatBytes(exchange.received)}</td>
      <td className={classes.number}>
        {exchange.cost === null ? "–" : formatInteger(exchange.cost)}
      </td>
      <td className={classes.requestId}>{exchange.requestId || "–"}</td>
    </tr>
  );
}
