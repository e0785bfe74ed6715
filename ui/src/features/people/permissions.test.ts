import fc from "fast-check";
import { expect, inject, it } from "vitest";

import type { Permission } from "../../bindings";
import { byArea, neededFor, withoutPermission, withPermission } from "./permissions";

const PERMISSIONS = inject("permissions");
const KEYS = PERMISSIONS.map(({ key }) => key);
const anyKeys = fc.subarray(KEYS);
const anyKey = fc.constantFrom(...KEYS);

function isWhole(chosen: readonly Permission[]): boolean {
  return PERMISSIONS.filter(({ key }) => chosen.includes(key)).every(({ needs }) =>
    needs.every((need) => chosen.includes(need)),
  );
}

/** Any set of permissions that a role may have. */
const anyRole = anyKeys.map((keys) =>
  keys.reduce<Permission[]>((chosen, key) => withPermission(chosen, key, PERMISSIONS), []),
);

it("a permission comes with what it needs", () => {
  expect(withPermission([], "see_costs", PERMISSIONS)).toEqual(["view_products", "see_costs"]);
  expect(withPermission([], "manage_users", PERMISSIONS)).toEqual(["manage_users"]);
});

it("a permission goes with what needs it", () => {
  const chosen: Permission[] = ["view_products", "see_costs", "export", "manage_users"];
  expect(withoutPermission(chosen, "view_products", PERMISSIONS)).toEqual(["manage_users"]);
  expect(withoutPermission(chosen, "see_costs", PERMISSIONS)).toEqual([
    "view_products",
    "export",
    "manage_users",
  ]);
});

it("never leaves a permission without what it needs", () => {
  fc.assert(
    fc.property(anyRole, anyKey, (role, key) => {
      const more = withPermission(role, key, PERMISSIONS);
      const less = withoutPermission(role, key, PERMISSIONS);
      expect([isWhole(more), more.includes(key)]).toEqual([true, true]);
      expect([isWhole(less), less.includes(key)]).toEqual([true, false]);
    }),
  );
});

it("says what a permission is needed for", () => {
  expect(neededFor(["view_products", "export"], "view_products", PERMISSIONS)).toEqual([
    "export products",
  ]);
});

it("groups permissions by what they are about", () => {
  expect(byArea(PERMISSIONS).map(({ label }) => label)).toEqual([
    "Products",
    "Purchasing",
    "Channels",
    "Imports and exports",
    "People",
    "Workspace",
  ]);
});
