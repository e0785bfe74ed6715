import { useQuery } from "@tanstack/react-query";

import type { PermissionInfo, RoleInfo } from "../bindings";
import { commandQuery } from "../lib/query";
import { useHost } from "./context";

/** Every role, the built-in ones first; undefined until they are known. */
export function useRoles(): RoleInfo[] | undefined {
  return useQuery(commandQuery(useHost(), "roles.list", {})).data;
}

/** Every permission there is, in reading order; undefined until they are known. */
export function usePermissions(): PermissionInfo[] | undefined {
  return useQuery(commandQuery(useHost(), "permissions.list", {})).data;
}
