import { Button } from "@mantine/core";
import { IconHistory, IconSearchOff } from "@tabler/icons-react";

import { EmptyState } from "../../components/EmptyState";
import { type HistoryView, isNarrowed } from "./filters";

/** Why the list is empty, and what to do about it. */
export function NoHistory({ view, onShowAll }: { view: HistoryView; onShowAll: () => void }) {
  return isNarrowed(view) ? (
    <EmptyState
      icon={<IconSearchOff size={22} />}
      title="Nothing like that happened"
      actions={
        <Button variant="default" onClick={onShowAll}>
          Show the whole history
        </Button>
      }
    >
      No entry of the history passes these filters.
    </EmptyState>
  ) : (
    <EmptyState icon={<IconHistory size={22} />} title="Nothing happened yet">
      Every change, every sign-in and every new setting is kept here, with who did it and when.
    </EmptyState>
  );
}
