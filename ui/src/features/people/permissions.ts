/** What ticks along when a permission of a role is given or taken. */
import type { Permission, PermissionInfo } from "../../bindings";

/** The permissions with one more, and all that it needs. */
export function withPermission(
  chosen: readonly Permission[],
  key: Permission,
  all: readonly PermissionInfo[],
): Permission[] {
  const next = new Set(chosen);
  const add = (each: Permission) => {
    if (next.has(each)) return;
    next.add(each);
    for (const need of needsOf(each, all)) add(need);
  };
  add(key);
  return inOrder(next, all);
}

/** The permissions without one, and without all that needs it. */
export function withoutPermission(
  chosen: readonly Permission[],
  key: Permission,
  all: readonly PermissionInfo[],
): Permission[] {
  const next = new Set(chosen);
  const remove = (each: Permission) => {
    if (!next.delete(each)) return;
    for (const other of chosen) if (needsOf(other, all).includes(each)) remove(other);
  };
  remove(key);
  return inOrder(next, all);
}

/** The labels of the chosen permissions that need this one. */
export function neededFor(
  chosen: readonly Permission[],
  key: Permission,
  all: readonly PermissionInfo[],
): string[] {
  return all
    .filter((info) => chosen.includes(info.key) && info.needs.includes(key))
    .map(({ label }) => label);
}

/** The permissions by area, in reading order. */
export function byArea(
  all: readonly PermissionInfo[],
): { label: string; permissions: PermissionInfo[] }[] {
  const areas = new Map<string, PermissionInfo[]>();
  for (const info of all) areas.set(info.areaLabel, [...(areas.get(info.areaLabel) ?? []), info]);
  return Array.from(areas, ([label, permissions]) => ({ label, permissions }));
}

function needsOf(key: Permission, all: readonly PermissionInfo[]): readonly Permission[] {
  return all.find((info) => info.key === key)?.needs ?? [];
}

function inOrder(chosen: ReadonlySet<Permission>, all: readonly PermissionInfo[]): Permission[] {
  return all.map(({ key }) => key).filter((key) => chosen.has(key));
}
