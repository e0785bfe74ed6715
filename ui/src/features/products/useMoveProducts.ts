import type { Moved } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useMay } from "../../host/state";
import { useQuickUndo } from "../../host/undo";
import { formatCount } from "../../lib/format";

/** Moves products to the trash and back, and offers Undo afterwards. */
export function useMoveProducts() {
  const mayUndo = useMay("import");
  const undo = useQuickUndo();
  const tell = (what: string) => (result: Moved) => {
    const { moved, kept, batchId } = result;
    const [first] = kept;
    const left = first
      ? ` ${formatCount(kept.length, "product")} stayed: ${first.code}: ${first.reason}`
      : "";
    const action =
      batchId !== null && mayUndo
        ? { label: "Undo", onClick: () => void undo(batchId) }
        : undefined;
    showToast(`${formatCount(moved, "product")} ${what}.${left}`, action);
  };
  const trash = useCommand("products.trash", tell("moved to the trash"));
  const restore = useCommand("products.restore", tell("restored"));
  return {
    trash: { ...trash, mutate: withErrorToast(trash.mutate) },
    restore: { ...restore, mutate: withErrorToast(restore.mutate) },
  };
}

type Mutate = ReturnType<typeof useCommand<"products.trash">>["mutate"];

function withErrorToast(mutate: Mutate): Mutate {
  return (request, options) => mutate(request, { onError: showErrorToast, ...options });
}
