import type { DataRecord, KindInfo } from "../../../bindings";
import { useKind, useMay } from "../../../host/state";

/** Why a record cannot be changed; null when it can be. */
export function useReadOnly({ kind: key, trashed }: DataRecord): string | null {
  const kind = useKind(key);
  const mayEdit = useMayEdit(kind);
  if (!mayEdit) return `Your role lets you look at ${kind?.plural ?? "these"}, not change them.`;
  return trashed ? "It lies in the trash. Restore it to change it." : null;
}

/** Whether the person may create and change records of a kind. */
export function useMayEdit(kind: KindInfo | undefined): boolean {
  const may = useMay(kind?.edit ?? "manage_workspace");
  return kind !== undefined && may;
}
