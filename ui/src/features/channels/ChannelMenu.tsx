import { Menu } from "@mantine/core";
import {
  IconCloudDownload,
  IconKey,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
} from "@tabler/icons-react";
import { useState } from "react";

import type { DataRecord } from "../../bindings";
import { showErrorToast, showInfo } from "../../components/toast";
import { useCommand } from "../../host/command";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { RecordMenu } from "../records/RecordMenu";
import { isPaused } from "./channelState";
import { CHANNEL } from "./fields";
import { NewKeyDialog } from "./NewKeyDialog";
import { TestDialog } from "./TestDialog";
import { useChannelRights } from "./useChannelRights";
import { useSaveField } from "./useSaveField";
import { useSync } from "./useSync";

/** What can be done with a channel besides a sync. */
export function ChannelMenu({ channel }: { channel: DataRecord }) {
  const { mayManage, mayMatch, maySync } = useChannelRights();
  const [asked, setAsked] = useState<"test" | "key" | null>(null);
  const { readAll, planOffline, pause } = useChannelActions(channel);
  const name = textOf(channel.fields, CHANNEL.name);
  const isOff = isPaused(channel);
  const close = () => setAsked(null);
  return (
    <>
      <RecordMenu
        area="channels"
        record={channel}
        trash={paths.removedChannels}
        codeName="name"
        trashAsks={
          <>
            Nothing more goes to {name} or comes from it. What is in the shop stays as it is, and so
            do the products here. Restoring it brings back what its products are.
          </>
        }
        purgesMore="What its products are here, its fields and its log go too."
      >
        {!channel.trashed && mayMatch && (
          <Menu.Item
            leftSection={<IconCloudDownload size={16} />}
            disabled={isOff}
            onClick={readAll}
            data-testid="read-everything"
          >
            Read everything
          </Menu.Item>
        )}
        {!channel.trashed && maySync && (
          <Menu.Item
            leftSection={<IconListCheck size={16} />}
            disabled={isOff}
            onClick={planOffline}
            data-testid="plan-offline"
          >
            Plan with what was read last
          </Menu.Item>
        )}
        {!channel.trashed && mayManage && (
          <Menu.Item
            leftSection={isOff ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={pause}
            data-testid="pause-channel"
          >
            {isOff ? "Go on" : "Pause"}
          </Menu.Item>
        )}
        {!channel.trashed && mayMatch && (
          <Menu.Item
            leftSection={<IconPlugConnected size={16} />}
            onClick={() => setAsked("test")}
            data-testid="test-channel"
          >
            Test the connection
          </Menu.Item>
        )}
        {!channel.trashed && mayManage && (
          <Menu.Item
            leftSection={<IconKey size={16} />}
            onClick={() => setAsked("key")}
            data-testid="new-key"
          >
            Give another key…
          </Menu.Item>
        )}
      </RecordMenu>
      {asked === "test" && <TestDialog channel={channel} onClose={close} />}
      {asked === "key" && <NewKeyDialog channel={channel} onClose={close} />}
    </>
  );
}

/** What items of the menu do. Their answers come after the menu was closed. */
function useChannelActions(channel: DataRecord) {
  const { id, fields } = channel;
  const name = textOf(fields, CHANNEL.name);
  const sync = useSync();
  const save = useSaveField("channels");
  const fetch = useCommand("channels.fetch", () => showInfo(`Reading everything in ${name}.`));
  const isOff = isPaused(channel);
  return {
    readAll: () => fetch.mutate({ id, whole: true }, { onError: showErrorToast }),
    planOffline: () => sync.mutate({ id, offline: true }),
    pause: () =>
      save(
        { record: channel, field: CHANNEL.state, value: isOff ? "active" : "paused" },
        isOff ? `${name} goes on.` : `${name} is paused.`,
      ),
  };
}
