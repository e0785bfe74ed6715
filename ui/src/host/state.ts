import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { AppState, Field, FieldInfo, Permission } from "../bindings";
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

/** The fields of a product in reading order, and by key. */
export function useFields(): { list: FieldInfo[]; byKey: ReadonlyMap<Field, FieldInfo> } {
  const { fields } = useAppState();
  return useMemo(() => ({ list: fields, byKey: fieldsByKey(fields) }), [fields]);
}

/** Where the draft of a form is kept: each person has their own in each workspace. */
export function useDraftKey(subject: string): string {
  const { workspace, person } = useAppState();
  return `${workspace?.id ?? ""}.${person?.id ?? ""}.${subject}`;
}
