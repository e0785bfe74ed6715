import { Button } from "@mantine/core";
import { IconDownload, IconShieldCheck } from "@tabler/icons-react";

import type { HistoryFilter } from "../../bindings";
import { useMay } from "../../host/state";
import { useExportHistory } from "./useExportHistory";
import type { useVerification } from "./VerifyBar";

interface HistoryActionsProps {
  filter: HistoryFilter;
  verification: ReturnType<typeof useVerification>;
}

/** What can be done with the history as a whole: check it, and write it to a file. */
export function HistoryActions({ filter, verification }: HistoryActionsProps) {
  const mayVerify = useMay("view_history");
  const save = useExportHistory();
  return (
    <>
      {mayVerify && (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} />}
          loading={verification.isRunning}
          onClick={verification.start}
          title="Checks that nothing was changed past the app"
          data-testid="verify-history"
        >
          Verify
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={save.isPending}
        onClick={() => save.mutate(filter)}
        title="One line for each changed field, with the filters of now"
        data-testid="export-history"
      >
        Export
      </Button>
    </>
  );
}
