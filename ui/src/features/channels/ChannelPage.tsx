import { Button, Skeleton, Tabs } from "@mantine/core";
import { IconShoppingBag } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";

import type { RecordId } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { toCoreError } from "../../lib/errors";
import { formatInteger } from "../../lib/format";
import { type ChannelTab, paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useArea } from "../records/areas";
import { ChannelMenu } from "./ChannelMenu";
import classes from "./Channels.module.css";
import type { ChannelTabProps } from "./channelTab";
import { FailuresTab } from "./FailuresTab";
import { CHANNEL } from "./fields";
import { FieldsTab } from "./FieldsTab";
import { LogTab } from "./LogTab";
import { MatchTab } from "./MatchTab";
import { OverviewTab } from "./OverviewTab";
import { SyncButton } from "./SyncButton";
import { useChannelRights } from "./useChannelRights";

/** One shop: how it stands, what it has, which field goes where, what failed, what was said. */
export function ChannelPage() {
  const isSeen = useArea("channels") !== undefined;
  const { id = "" } = useParams();
  if (isSeen) return <SeenChannel key={id} id={id} />;
  return <NotAllowed title="Channel">Your role does not let you see products.</NotAllowed>;
}

function SeenChannel({ id }: { id: RecordId }) {
  const host = useHost();
  const channel = useQuery(commandQuery(host, "channels.get", { id }));
  const all = useQuery(commandQuery(host, "channels.status", {}));
  const status = all.data?.find(({ record }) => record.id === id);
  const error = channel.error ?? all.error;
  const retry = () => {
    void channel.refetch();
    void all.refetch();
  };
  if (error !== null) return <Missing error={error} retry={retry} />;
  if (!channel.data) return <Reading />;
  const name = textOf(channel.data.fields, CHANNEL.name);
  return (
    <Page
      title={name}
      actions={
        <>
          <SyncButton channel={channel.data} />
          <ChannelMenu channel={channel.data} />
        </>
      }
      scroll={false}
    >
      <ChannelTabs channel={channel.data} status={status} />
    </Page>
  );
}

interface TabInfo {
  key: ChannelTab | "overview";
  label: string;
  count?: number | undefined;
  content: ReactNode;
}

/** The tabs that the user may see, each with how much waits in it. */
function useTabs(props: ChannelTabProps): TabInfo[] {
  const { mayManage } = useChannelRights();
  const sums = props.status?.sums;
  return [
    { key: "overview", label: "Overview", content: <OverviewTab {...props} /> },
    { key: "match", label: "Match", count: sums?.unmatched, content: <MatchTab {...props} /> },
    { key: "fields", label: "Fields", content: <FieldsTab {...props} /> },
    {
      key: "failures",
      label: "Failures",
      count: sums?.failed,
      content: <FailuresTab {...props} />,
    },
    ...(mayManage ? [{ key: "log", label: "Log", content: <LogTab {...props} /> } as const] : []),
  ];
}

function ChannelTabs(props: ChannelTabProps) {
  const { id } = props.channel;
  const navigate = useNavigate();
  const { tab: asked } = useParams();
  const tabs = useTabs(props);
  const tab = tabs.find(({ key }) => key === asked) ?? tabs[0];
  return (
    <Tabs
      value={tab?.key ?? null}
      onChange={(key) => {
        const chosen = tabs.find((each) => each.key === key)?.key;
        if (chosen === undefined) return;
        void navigate(chosen === "overview" ? paths.channel(id) : paths.channelTab(id, chosen));
      }}
      classNames={{ root: classes.tabs ?? "", panel: classes.tab ?? "" }}
    >
      <Tabs.List px={14}>
        {tabs.map(({ key, label, count }) => (
          <Tabs.Tab key={key} value={key} data-testid={`tab-${key}`}>
            {label}
            {count !== undefined && count > 0 ? ` ${formatInteger(count)}` : ""}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ key, content }) => (
        <Tabs.Panel key={key} value={key}>
          {tab?.key === key && content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Reading() {
  return (
    <Page title="Channel">
      <Skeleton height={160} role="status" aria-busy aria-label="Reading the channel" />
    </Page>
  );
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  const back = (
    <Button component={Link} to={paths.channels} variant="default">
      Show the channels
    </Button>
  );
  return (
    <Page title="Channel">
      {toCoreError(error).code === "not_found" ? (
        <EmptyState
          icon={<IconShoppingBag size={22} />}
          title="There is no such channel"
          actions={back}
        >
          It was deleted for good. What was done with it stays in the history.
        </EmptyState>
      ) : (
        <ErrorState
          error={error}
          title="The channel could not be read"
          onRetry={retry}
          actions={back}
        />
      )}
    </Page>
  );
}
