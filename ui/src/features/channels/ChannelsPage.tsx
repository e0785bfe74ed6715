import { Button } from "@mantine/core";
import { IconPlus, IconShoppingBag, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatch, useNavigate, useSearchParams } from "react-router";

import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { Split } from "../../components/Split";
import { useHost } from "../../host/context";
import { formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { useArea } from "../records/areas";
import classes from "./Channels.module.css";
import { ChannelTable } from "./ChannelTable";
import type { ChannelsPanel } from "./panel";
import { RemovedChannels } from "./RemovedChannels";
import { useChannelRights } from "./useChannelRights";
import { useRemovedChannels } from "./useRemovedChannels";

/** The shops that are connected, and how each stands. */
export function ChannelsPage() {
  const isSeen = useArea("channels") !== undefined;
  if (isSeen) return <SeenChannels />;
  return <NotAllowed title="Channels">Your role does not let you see products.</NotAllowed>;
}

function SeenChannels() {
  const navigate = useNavigate();
  const isPanelOpen = useMatch(paths.channels) === null;
  const isTrash = useSearchParams()[0].get("trash") === "1";
  const panel: ChannelsPanel = { close: () => void navigate(paths.channels) };
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      {isTrash ? <RemovedChannels /> : <ConnectedChannels />}
    </Split>
  );
}

function ConnectedChannels() {
  const { mayManage } = useChannelRights();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(commandQuery(useHost(), "channels.status", {}));
  useShortcuts(mayManage ? { n: () => void navigate(paths.newChannel) } : {});
  const isEmpty = data?.length === 0;
  return (
    <Page
      title="Channels"
      count={<Count value={data?.length} />}
      actions={mayManage && !isEmpty && <ConnectButton />}
    >
      {error ? (
        <ErrorState
          error={error}
          title="The channels could not be read"
          onRetry={() => void refetch()}
        />
      ) : isEmpty ? (
        <NoChannels />
      ) : (
        <ChannelTable channels={data} />
      )}
      <RemovedLink />
    </Page>
  );
}

function ConnectButton() {
  return (
    <Button
      component={Link}
      to={paths.newChannel}
      leftSection={<IconPlus size={16} />}
      data-testid="connect-shop"
    >
      Connect a shop
    </Button>
  );
}

function NoChannels() {
  const { mayManage } = useChannelRights();
  return (
    <EmptyState
      icon={<IconShoppingBag size={22} />}
      title="No shop is connected"
      actions={mayManage && <ConnectButton />}
    >
      A channel keeps your products in step with a shop in Shopify or Maropost: names, prices, stock
      and all that you choose. Every sync is a plan that you read before anything is written, here
      or there.
    </EmptyState>
  );
}

/** Leads to what was removed, where there is any. */
function RemovedLink() {
  const removed = useRemovedChannels().data?.total ?? 0;
  if (removed === 0) return null;
  return (
    <p className={classes.removed}>
      <IconTrash size={14} />
      <Link className={classes.link} to={paths.removedChannels} data-testid="removed-channels">
        {formatCount(removed, "shop")} in the trash
      </Link>
    </p>
  );
}
