import { Skeleton, Stack } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { ClosePanel } from "../../components/ClosePanel";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PanelFrame } from "../../components/PanelFrame";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { usePeoplePanel } from "./panel";
import { PersonForm } from "./PersonForm";

/** One person beside the list. */
export function PersonPanel() {
  const { id = "" } = useParams();
  const { close } = usePeoplePanel();
  const { data, error, refetch } = useQuery(commandQuery(useHost(), "users.list", {}));
  const user = data?.users.find((each) => each.id === id);
  return (
    <PanelFrame label={user?.name ?? "Person"} testid="person-panel" onClose={close}>
      {user ? (
        <PersonForm key={user.id} user={user} />
      ) : error ? (
        <ErrorState
          error={error}
          title="The person could not be read"
          onRetry={() => void refetch()}
          actions={<ClosePanel onClose={close} />}
        />
      ) : data ? (
        <EmptyState
          icon={<IconUserOff size={22} />}
          title="There is no such person"
          actions={<ClosePanel onClose={close} />}
        >
          They were deleted meanwhile. What they did stays in the history.
        </EmptyState>
      ) : (
        <Stack gap={16} p={20} aria-busy aria-label="Reading the person">
          <Skeleton height={24} width={180} />
          <Skeleton height={44} />
          <Skeleton height={44} />
          <Skeleton height={44} />
        </Stack>
      )}
    </PanelFrame>
  );
}
