import { useNavigate } from "react-router";

import { ConfirmDialog } from "../../components/ConfirmDialog";
import { showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";

interface PurgeDialogProps {
  ids: string[];
  /** What the product is called when it is one. */
  name?: string;
  opened: boolean;
  onClose: () => void;
  onPurged: () => void;
}

/** Asks before products of the trash are deleted for good, and says which. */
export function PurgeDialog({ ids, name, opened, onClose, onPurged }: PurgeDialogProps) {
  const what = ids.length === 1 && name ? name : formatCount(ids.length, "product");
  const purge = useCommand("products.purge", ({ moved, kept }) => {
    const [first] = kept;
    const left = first
      ? ` ${formatCount(kept.length, "product")} stayed: ${first.code}: ${first.reason}`
      : "";
    showToast(`${formatCount(moved, "product")} deleted for good.${left}`);
    onClose();
    onPurged();
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
        onClose();
      }}
    >
      This cannot be undone. Variants go with their parent. What was done with{" "}
      {ids.length === 1 ? "it" : "them"} stays in the history.
    </ConfirmDialog>
  );
}

/** Leads from a product that is gone back to the trash. */
export function useBackToTrash(): () => void {
  const navigate = useNavigate();
  return () => void navigate({ pathname: paths.products, search: "?trash=1" });
}
