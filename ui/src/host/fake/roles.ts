import type { RoleInfo } from "../../bindings";
import { recordEvent } from "./history";
import { PERMISSIONS } from "./staff";
import { refuse, type Handlers, type World } from "./world";

/** The commands about roles. */
export function roleHandlers(world: World): Handlers {
  const find = (key: string): RoleInfo => {
    const role = world.roles.find((each) => each.key === key);
    if (!role) throw refuse("not_found", "This role is not there any more.");
    return role;
  };
  const check = (name: string, key: string | null) => {
    if (!world.roles.some((each) => each.name === name && each.key !== key)) return;
    throw refuse("invalid", "The name is taken.", {
      fields: { name: `There is a role ${name} already.` },
    });
  };
  const told = (role: RoleInfo): RoleInfo => ({
    ...role,
    users: world.users.filter((user) => user.role === role.key).length,
    mayGive: role.permissions.every((each) => world.person?.permissions.includes(each)),
  });
  return {
    "permissions.list": () => PERMISSIONS,
    "roles.list": () => world.roles.map(told),
    "roles.create": ({ name, permissions }) => {
      check(name, null);
      const key = world.id("role");
      const made = { key, name, description: "", builtIn: false, permissions, users: 0 };
      const role: RoleInfo = { ...made, version: 1, mayEdit: true, mayGive: true };
      world.roles.push(role);
      recordEvent(world, "people", "role", key, name, "create", { permissions });
      return role;
    },
    "roles.update": ({ key, name, permissions }) => {
      check(name, key);
      const role = find(key);
      recordEvent(world, "people", "role", key, name, "update", { permissions });
      Object.assign(role, { name, permissions, version: role.version + 1 });
      return told(role);
    },
    "roles.delete": ({ key }) => {
      const role = told(find(key));
      if (role.users > 0) throw refuse("conflict", `${role.users} people have this role.`);
      world.roles = world.roles.filter((each) => each.key !== key);
      recordEvent(world, "people", "role", key, role.name, "delete", {});
      return null;
    },
  };
}
