import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { DataRecord } from "../../bindings";
import { InlineError } from "../../components/ErrorState";
import { useHost } from "../../host/context";
import { isCancelled } from "../../lib/errors";
import { textOf } from "../../lib/values";
import classes from "./Channels.module.css";
import { CheckResult } from "./CheckResult";
import { CHANNEL } from "./fields";
import { ShopWait } from "./ShopWait";

interface ChannelDialogProps {
  channel: DataRecord;
  onClose: () => void;
}

/** Whether the shop still lets us in, asked when it is opened. */
export function TestDialog({ channel, onClose }: ChannelDialogProps) {
  const host = useHost();
  const { id } = channel;
  const name = textOf(channel.fields, CHANNEL.name);
  const test = useQuery({
    // It is asked when a person says so, and not because data changed.
    queryKey: ["test of a shop", { id }],
    queryFn: () => host.call("channels.test", { id }),
    gcTime: 0,
    retry: false,
  });
  return (
    <Modal opened onClose={onClose} title={`Test ${name}`}>
      {test.isFetching ? (
        <ShopWait name={name} address={textOf(channel.fields, CHANNEL.address)} />
      ) : isCancelled(test.error) ? (
        <p className={classes.quiet} role="status">
          Stopped before the shop answered.
        </p>
      ) : test.error ? (
        <InlineError error={test.error} />
      ) : (
        test.data && <CheckResult check={test.data} />
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" loading={test.isFetching} onClick={() => void test.refetch()}>
          Test again
        </Button>
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Modal>
  );
}
