import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";

import type { DataRecord } from "../../bindings";
import { textOf } from "../../lib/values";
import { isPaused } from "./channelState";
import { CHANNEL } from "./fields";
import { useChannelRights } from "./useChannelRights";
import { useSync } from "./useSync";

interface SyncButtonProps {
  channel: DataRecord;
  /** Whether it stands in a row among others. */
  isCompact?: boolean;
}

/** Reads the shop and plans what goes where. */
export function SyncButton({ channel, isCompact = false }: SyncButtonProps) {
  const { maySync } = useChannelRights();
  const sync = useSync();
  if (!maySync || channel.trashed) return null;
  return (
    <Button
      {...(isCompact ? { size: "compact-sm", variant: "default" } : {})}
      leftSection={<IconRefresh size={16} />}
      loading={sync.isPending}
      disabled={isPaused(channel)}
      title={isPaused(channel) ? "It is paused. Let it go on first." : ""}
      aria-label={`Sync ${textOf(channel.fields, CHANNEL.name)}`}
      onClick={() => sync.mutate({ id: channel.id })}
      data-testid="sync"
    >
      Sync
    </Button>
  );
}
