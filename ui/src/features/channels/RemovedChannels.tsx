import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { Link } from "react-router";

import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { formatAgo } from "../../lib/format";
import { paths } from "../../lib/paths";
import { textOf } from "../../lib/values";
import { platformLabel } from "./accounts";
import { ChannelMenu } from "./ChannelMenu";
import classes from "./Channels.module.css";
import { CHANNEL } from "./fields";
import { useRemovedChannels } from "./useRemovedChannels";

/** The channels that were removed, to be brought back or deleted for good. */
export function RemovedChannels() {
  const { data, error, refetch } = useRemovedChannels();
  return (
    <Page
      title="Removed channels"
      count={<Count value={data?.total} />}
      actions={
        <Button component={Link} to={paths.channels} variant="default">
          Show the channels
        </Button>
      }
    >
      {error && (
        <ErrorState
          error={error}
          title="The removed channels could not be read"
          onRetry={() => void refetch()}
        />
      )}
      {data?.total === 0 && (
        <EmptyState icon={<IconTrash size={22} />} title="No channel is in the trash">
          A shop that is removed stays here and can be restored.
        </EmptyState>
      )}
      {data && data.total > 0 && (
        <table className={classes.table} data-testid="removed-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Platform</th>
              <th scope="col">Removed</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((channel) => (
              <tr key={channel.id}>
                <td className={classes.name}>{textOf(channel.fields, CHANNEL.name)}</td>
                <td>{platformLabel(channel)}</td>
                <td>{formatAgo(channel.updatedAt)}</td>
                <td>
                  <div className={classes.actions}>
                    <ChannelMenu channel={channel} />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
