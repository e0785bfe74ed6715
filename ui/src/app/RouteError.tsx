import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link, useRouteError } from "react-router";

import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";

/** A page that stopped working; the frame around it goes on. */
export function RouteError() {
  const error = useRouteError();
  return (
    <ErrorState
      error={error}
      title="This page stopped working"
      onRetry={() => window.location.reload()}
    />
  );
}

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <EmptyState
      icon={<IconMapOff size={22} />}
      title="There is no such page"
      actions={
        <Button component={Link} to="/">
          Go to Home
        </Button>
      }
    />
  );
}
