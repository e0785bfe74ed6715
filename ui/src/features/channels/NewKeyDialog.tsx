import { PasswordInput } from "@mantine/core";
import { useState } from "react";

import type { DataRecord } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { isCancelled } from "../../lib/errors";
import { textOf } from "../../lib/values";
import { platformOf, secretLabel } from "./accounts";
import { CHANNEL } from "./fields";
import { ShopWait } from "./ShopWait";

interface NewKeyDialogProps {
  channel: DataRecord;
  onClose: () => void;
}

/** Gives a shop another secret, once it let us in with it. */
export function NewKeyDialog({ channel, onClose }: NewKeyDialogProps) {
  const [secret, setSecret] = useState("");
  const name = textOf(channel.fields, CHANNEL.name);
  const reconnect = useCommand("channels.reconnect", () => {
    showToast(`${name} is connected with the new key.`);
    onClose();
  });
  const isApp = textOf(channel.fields, CHANNEL.account) !== "";
  return (
    <ConfirmDialog
      opened
      title={`Give ${name} another key?`}
      confirmLabel="Use this key"
      busy={reconnect.isPending}
      isBlocked={secret.trim() === ""}
      error={isCancelled(reconnect.error) ? null : reconnect.error}
      onConfirm={() => reconnect.mutate({ id: channel.id, secret })}
      onClose={onClose}
    >
      <PasswordInput
        label={secretLabel(platformOf(channel), isApp)}
        description="The shop is asked with it first. It is kept encrypted, and never shown."
        autoComplete="off"
        value={secret}
        onChange={(event) => {
          setSecret(event.currentTarget.value);
          reconnect.reset();
        }}
        mb={12}
        data-testid="channel-secret"
      />
      {reconnect.isPending && (
        <ShopWait name={name} address={textOf(channel.fields, CHANNEL.address)} />
      )}
    </ConfirmDialog>
  );
}
