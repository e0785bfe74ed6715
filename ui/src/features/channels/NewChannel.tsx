import { Button, Checkbox, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";

import type { ConnectedChannel } from "../../bindings";
import { BottomBar } from "../../components/BottomBar";
import { DraftFoot } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { NewPanel } from "../../components/NewPanel";
import { NotAllowed } from "../../components/NotAllowed";
import { Panel } from "../../components/Panel";
import { typedForm } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { useCommand } from "../../host/command";
import { isCancelled } from "../../lib/errors";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { textOf } from "../../lib/values";
import { secretLabel } from "./accounts";
import classes from "./Channels.module.css";
import { CheckResult } from "./CheckResult";
import { CHANNEL } from "./fields";
import { useChannelsPanel } from "./panel";
import { PracticeShops } from "./PracticeShops";
import { BLANK, hasAccount, isOfApp, ShopInputs } from "./ShopInputs";
import { ShopWait } from "./ShopWait";
import { useChannelRights } from "./useChannelRights";

/** Connects a shop, then tells what it said of itself; asked for again, it begins with another one. */
export function NewChannel() {
  return <Connecting key={useLocation().key} />;
}

function Connecting() {
  const { mayManage } = useChannelRights();
  const { close } = useChannelsPanel();
  const [connected, setConnected] = useState<ConnectedChannel | null>(null);
  if (!mayManage) {
    return <NotAllowed title="Connect a shop">Your role does not let you connect one.</NotAllowed>;
  }
  return connected === null ? (
    <ConnectForm onConnected={setConnected} onClose={close} />
  ) : (
    <Connected connected={connected} onClose={close} />
  );
}

interface ConnectFormProps {
  onConnected: (connected: ConnectedChannel) => void;
  onClose: () => void;
}

function ConnectForm({ onConnected, onClose }: ConnectFormProps) {
  const typed = useTyped("channel.new", BLANK);
  const [secret, setSecret] = useState("");
  const [rehearse, setRehearse] = useState(true);
  const connect = useCommand("channels.connect", (connected) => {
    typed.done();
    onConnected(connected);
  });
  const form = typedForm(typed, connect);
  const { values, type } = form;
  const { platform, name, address, account } = values;
  const isApp = isOfApp(values);
  const isMissing =
    name.trim() === "" ||
    address.trim() === "" ||
    secret.trim() === "" ||
    (isApp && account.trim() === "");
  const save = () =>
    connect.mutate({
      platform,
      name,
      address,
      secret,
      rehearse,
      ...(hasAccount(values) ? { account } : {}),
    });
  return (
    <NewPanel
      title="Connect a shop"
      lead="The shop is asked first; nothing is changed by connecting it."
      foot={
        <DraftFoot
          isTouched={form.changed.length > 0 || secret !== ""}
          restoredAt={form.restoredAt}
          onDiscard={() => {
            form.forget();
            setSecret("");
            setRehearse(true);
          }}
        />
      }
      saveLabel="Connect"
      onSave={save}
      onClose={onClose}
      isSaving={connect.isPending}
      isBlocked={isMissing}
      testid="channel-panel"
      saveTestid="connect-channel"
    >
      <div className={classes.form}>
        <PracticeShops
          onOpened={(practice, key) => {
            type(practice);
            setSecret(key);
            connect.reset();
          }}
        />
        <ShopInputs values={values} refused={form.refused} onType={type} />
        <PasswordInput
          label={secretLabel(platform, isApp)}
          description="It is kept encrypted, and never shown."
          value={secret}
          onChange={(event) => {
            setSecret(event.currentTarget.value);
            connect.reset();
          }}
          required
          autoComplete="off"
          data-testid="channel-secret"
        />
        <Checkbox
          label="Rehearse first"
          description="A sync shows and records what would be sent, and sends nothing to the shop."
          checked={rehearse}
          onChange={(event) => setRehearse(event.currentTarget.checked)}
          data-testid="channel-rehearse"
        />
        {connect.isPending && <ShopWait name={name} address={address} />}
        {isCancelled(form.failure) ? (
          <p className={classes.quiet} role="status">
            Stopped. Nothing is connected; what you typed is kept.
          </p>
        ) : (
          form.failure !== null && <InlineError error={form.failure} />
        )}
      </div>
    </NewPanel>
  );
}

interface ConnectedProps {
  connected: ConnectedChannel;
  onClose: () => void;
}

/** What the shop said once it let us in, and the way to its page. */
function Connected({ connected, onClose }: ConnectedProps) {
  const navigate = useNavigate();
  const { record, check } = connected;
  const name = textOf(record.fields, CHANNEL.name);
  const path = paths.channel(record.id);
  useShortcuts({ "mod+enter": () => void navigate(path) });
  return (
    <Panel
      title={`${name} is connected`}
      label={name}
      subtitle="What it says of itself:"
      onClose={onClose}
      testid="connected-panel"
    >
      <div className={classes.form}>
        <CheckResult check={check} />
        <p className={classes.quiet}>
          Which field goes where stands on its page. Nothing is read or sent before the first sync.
        </p>
      </div>
      <BottomBar>
        <Button component={Link} to={path} data-testid="open-connected">
          Open {name}
        </Button>
      </BottomBar>
    </Panel>
  );
}
