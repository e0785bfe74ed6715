import { Button } from "@mantine/core";

import { useConnection } from "../../host/ConnectionProvider";
import { useAppState } from "../../host/state";
import { formatTime } from "../../lib/format";
import classes from "./StatusBar.module.css";

/** Whether the database answers; a file on this computer is told of only when it does not. */
export function ConnectionState() {
  const { connection, retry } = useConnection();
  const isShared = useAppState().workspace?.kind === "shared";
  if (connection.state === "online" && !isShared) return null;
  return (
    <span
      className={classes.connection}
      data-state={connection.state}
      role="status"
      data-testid="connection"
    >
      {connection.state === "online" && "Online"}
      {connection.state === "retrying" && "Not reachable, trying again…"}
      {connection.state === "offline" && (
        <>
          Offline since {formatTime(connection.since)}
          <Button variant="subtle" size="compact-xs" fz="xs" onClick={retry}>
            Try now
          </Button>
        </>
      )}
    </span>
  );
}
