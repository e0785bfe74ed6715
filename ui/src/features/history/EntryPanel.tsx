import { IconFileOff } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { EmptyState } from "../../components/EmptyState";
import { OperationBadge } from "../../components/OperationBadge";
import { Panel } from "../../components/Panel";
import { useHost } from "../../host/context";
import { useKinds } from "../../host/state";
import { kindName } from "../../lib/kinds";
import { commandQuery } from "../../lib/query";
import { EntryDetails } from "./EntryDetails";
import { useHistoryPanel } from "./panel";

/** One entry beside the list. */
export function EntryPanel() {
  const number = Number(useParams()["number"]);
  const { close } = useHistoryPanel();
  const kinds = useKinds();
  const { data, error, refetch } = useQuery({
    // The latest entry before the next number is the one with this number.
    ...commandQuery(useHost(), "history.list", { filter: {}, before: number + 1, limit: 1 }),
    placeholderData: keepPreviousData,
    enabled: Number.isSafeInteger(number),
  });
  const entry = data?.entries[0];
  const isMissing = !entry && (data !== undefined || !Number.isSafeInteger(number));
  return (
    <Panel
      title={isMissing ? "Entry" : entry?.label}
      label={entry?.label ?? "Entry"}
      subtitle={
        entry && (
          <>
            <OperationBadge operation={entry.operation} />
            <span>{kindName(kinds, entry.kind)}</span>
          </>
        )
      }
      failure={
        error && { error, title: "The entry could not be read", retry: () => void refetch() }
      }
      onClose={close}
      testid="entry-panel"
    >
      {entry && <EntryDetails entry={entry} />}
      {isMissing && <EmptyState icon={<IconFileOff size={22} />} title="There is no such entry" />}
    </Panel>
  );
}
