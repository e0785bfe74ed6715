import { Button, NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import type { SharedAddress, TlsMode } from "../../bindings";
import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { toCoreError } from "../../lib/errors";
import { RememberPassword } from "./RememberPassword";
import classes from "./StartScreen.module.css";
import { tellRemember } from "./tellRemember";
import { TestResult } from "./TestResult";

const TLS: { value: TlsMode; label: string }[] = [
  { value: "verify", label: "Encrypted and verified" },
  { value: "required", label: "Encrypted" },
  { value: "off", label: "Not encrypted" },
];

const BLANK: SharedAddress = {
  host: "",
  port: 3306,
  database: "",
  user: "",
  password: "",
  tls: "required",
};

/** Connects to a database that several people share; says exactly what is wrong with it. */
export function SharedForm() {
  const [name, setName] = useState("");
  const [address, setAddress] = useState(BLANK);
  const [remember, setRemember] = useState(false);
  const test = useCommand("workspaces.test_shared");
  const connect = useCommand("workspaces.connect_shared", tellRemember);
  const change = (part: Partial<SharedAddress>) => {
    setAddress((old) => ({ ...old, ...part }));
    test.reset();
    connect.reset();
  };
  const text = (key: "host" | "database" | "user") => ({
    value: address[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change({ [key]: event.currentTarget.value }),
    error: fields[key],
    required: true,
    spellCheck: false,
    "data-testid": `shared-${key}`,
  });
  const error = connect.error ?? test.error;
  const fields = error ? (toCoreError(error).fields ?? {}) : {};
  const complete = address.host.trim() !== "" && address.database !== "" && address.user !== "";
  const found = test.data?.name ?? null;
  const end = useRef<HTMLDivElement>(null);
  const isTold = error !== null || test.data !== undefined;
  useEffect(() => {
    // In a low window the answer would stand under its edge.
    if (isTold) end.current?.scrollIntoView({ block: "end" });
  }, [isTold]);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate({ name: name.trim() || address.database, address, remember });
      }}
    >
      <div className={classes.hostPair}>
        <TextInput label="Server" placeholder="db.example.com" autoFocus {...text("host")} />
        <NumberInput
          label="Port"
          value={address.port}
          onChange={(port) => change({ port: Number(port) || 0 })}
          error={fields["port"]}
          min={1}
          max={65535}
          hideControls
          required
          data-testid="shared-port"
        />
      </div>
      <TextInput
        label="Database"
        description="It must exist. An empty one is set up."
        {...text("database")}
      />
      <div className={classes.pair}>
        <TextInput label="User" autoComplete="off" {...text("user")} />
        <PasswordInput
          label="Password"
          autoComplete="off"
          value={address.password}
          onChange={(event) => change({ password: event.currentTarget.value })}
          error={fields["password"]}
          data-testid="shared-password"
        />
      </div>
      <div className={found === null ? classes.pair : undefined}>
        <Select
          label="Connection"
          data={TLS}
          value={address.tls}
          onChange={(tls) => tls && change({ tls: tls })}
          allowDeselect={false}
          description={
            address.tls === "off"
              ? "Only for a server on this machine or a network that you trust."
              : undefined
          }
          data-testid="shared-tls"
        />
        {found === null && (
          <TextInput
            label="Name of the workspace"
            description="Used when the database is empty."
            placeholder={address.database || "Shop North"}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fields["name"]}
            data-testid="shared-name"
          />
        )}
      </div>
      <RememberPassword value={remember} onChange={setRemember} />
      {error && <InlineError error={error} />}
      {test.data && <TestResult test={test.data} />}
      <div className={classes.actions} ref={end}>
        <Button
          variant="default"
          loading={test.isPending}
          disabled={!complete}
          onClick={() => {
            connect.reset();
            test.mutate(address);
          }}
          data-testid="test-connection"
        >
          Test connection
        </Button>
        <Button
          type="submit"
          className={classes.end ?? ""}
          loading={connect.isPending}
          disabled={!complete}
          data-testid="connect-shared"
        >
          Connect
        </Button>
      </div>
    </form>
  );
}
