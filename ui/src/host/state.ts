import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { AppState, Field, FieldInfo, Kind, KindInfo, Permission } from "../bindings";
import { commandQuery } from "../lib/query";
import { fieldsByKey } from "../lib/values";
import { useHost } from "./context";

/** Where things stand: which stage, workspace and person. */
export function useAppStateQuery() {
  return useQuery(commandQuery(useHost(), "app.state", {}));
}

/** Where things stand, for what is only shown once that is known. */
export function useAppState(): AppState {
  const { data } = useAppStateQuery();
  if (!data) throw new Error("useAppState is for what is shown once the state is known.");
  return data;
}

/** Whether the person may do something. The core decides; the window only leaves out what it would refuse. */
export function useMay(permission: Permission): boolean {
  return useAppState().person?.permissions.includes(permission) ?? false;
}

/** The kinds of record that the person may see, in the order in which they are offered. */
export function useKinds(): KindInfo[] {
  return useAppState().kinds;
}

/** What the core says of one kind; nothing when the person may not see its records. */
export function useKind(kind: Kind): KindInfo | undefined {
  return useKinds().find(({ key }) => key === kind);
}

/** The fields of one kind, or of all, in reading order, and by key. */
export function useFields(kind?: Kind): {
  list: readonly FieldInfo[];
  byKey: ReadonlyMap<Field, FieldInfo>;
} {
  const kinds = useKinds();
  return useMemo(() => {
    const list = kinds
      .filter(({ key }) => kind === undefined || key === kind)
      .flatMap(({ fields }) => fields);
    return { list, byKey: fieldsByKey(list) };
  }, [kinds, kind]);
}

/** Where the draft of a form is kept: each person has their own in each workspace. */
export function useDraftKey(subject: string): string {
  const { workspace, person } = useAppState();
  return `${workspace?.id ?? ""}.${person?.id ?? ""}.${subject}`;
}
