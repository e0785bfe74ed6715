import { Skeleton, Stack } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { ClosePanel } from "../../components/ClosePanel";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PanelFrame } from "../../components/PanelFrame";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { EntryDetails } from "./EntryDetails";
import { useHistoryPanel } from "./panel";

/** One entry beside the list. */
export function EntryPanel() {
  const number = Number(useParams()["number"]);
  const { close } = useHistoryPanel();
  const { data, error, refetch } = useQuery({
    // The latest entry before the next number is the one with this number.
    ...commandQuery(useHost(), "history.list", { filter: {}, before: number + 1, limit: 1 }),
    placeholderData: keepPreviousData,
    enabled: Number.isSafeInteger(number),
  });
  const entry = data?.entries[0];
  return (
    <PanelFrame label={entry?.label ?? "Entry"} testid="entry-panel" onClose={close}>
      {error ? (
        <ErrorState
          error={error}
          title="The entry could not be read"
          onRetry={() => void refetch()}
          actions={<ClosePanel onClose={close} />}
        />
      ) : entry ? (
        <EntryDetails entry={entry} />
      ) : data || !Number.isSafeInteger(number) ? (
        <EmptyState icon={<IconFileOff size={22} />} title="There is no such entry" />
      ) : (
        <Stack gap={16} p={20} aria-busy aria-label="Reading the entry">
          <Skeleton height={24} width={180} />
          <Skeleton height={120} />
        </Stack>
      )}
    </PanelFrame>
  );
}
