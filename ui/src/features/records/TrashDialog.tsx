import type { ReactNode } from "react";

import type { RecordId } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { RecordArea } from "../../host/records";
import { useSeenArea } from "./areas";
import { useMoveRecords } from "./useMoveRecords";

interface TrashDialogProps {
  area: RecordArea;
  ids: RecordId[];
  /** What the record is called when it is one. */
  name?: string;
  opened: boolean;
  onClose: () => void;
  onTrashed?: () => void;
  /** What it means. */
  children: ReactNode;
}

/** Asks before records are moved to the trash, where that means more than that. */
export function TrashDialog({ area, ids, name, opened, ...props }: TrashDialogProps) {
  const { count } = useSeenArea(area);
  const { trash } = useMoveRecords(area);
  return (
    <ConfirmDialog
      opened={opened}
      title={`Move ${name ?? count(ids.length)} to the trash?`}
      confirmLabel="Move to trash"
      danger
      busy={trash.isPending}
      error={trash.error}
      onConfirm={() =>
        trash.mutate(
          { ids },
          {
            onSuccess: () => {
              props.onClose();
              props.onTrashed?.();
            },
          },
        )
      }
      onClose={props.onClose}
    >
      {props.children}
    </ConfirmDialog>
  );
}
