import type { ReactNode } from "react";

import type { RecordId } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import type { RecordArea } from "../../host/records";
import { useSeenArea } from "./areas";
import { toldOfKept } from "./useMoveRecords";

interface PurgeDialogProps {
  area: RecordArea;
  ids: RecordId[];
  /** What the record is called when it is one. */
  name?: string;
  /** What else goes with them. */
  more?: ReactNode;
  opened: boolean;
  onClose: () => void;
  onPurged: () => void;
}

/** Asks before records of the trash are deleted for good, and says which. */
export function PurgeDialog({ area, ids, name, more, opened, ...props }: PurgeDialogProps) {
  const info = useSeenArea(area);
  const what = ids.length === 1 && name ? name : info.count(ids.length);
  const purge = useCommand(`${area}.purge`, (result) => {
    showToast(`${info.count(result.moved)} deleted for good.${toldOfKept(info, result)}`);
    props.onClose();
    props.onPurged();
  });
  return (
    <ConfirmDialog
      opened={opened}
      title={`Delete ${what} for good?`}
      confirmLabel={`Delete ${what} for good`}
      danger
      busy={purge.isPending}
      error={purge.error}
      onConfirm={() => purge.mutate({ ids })}
      onClose={() => {
        purge.reset();
        props.onClose();
      }}
    >
      This cannot be undone. {more}
      {more && " "}What was done with {ids.length === 1 ? "it" : "them"} stays in the history.
    </ConfirmDialog>
  );
}
