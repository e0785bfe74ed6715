import type { NewPassword, User, UserSort } from "../../bindings";
import { recordEvent } from "./history";
import { blankUser } from "./staff";
import { refuse, type Handlers, type World } from "./world";

/** The commands about people. */
export function peopleHandlers(world: World): Handlers {
  const find = (id: string, version: number): User => {
    const user = world.users.find((each) => each.id === id);
    if (!user) throw refuse("not_found", "This person is not there any more.");
    if (user.version !== version) {
      throw refuse("conflict", `${user.name} was changed by somebody else meanwhile.`, {
        hint: "Look at what it is now, and change it again.",
      });
    }
    return user;
  };
  const told = (user: User): User => {
    const role = world.roles.find((each) => each.key === user.role);
    const mine = world.person?.permissions ?? [];
    const isMore = role?.permissions.some((each) => !mine.includes(each)) ?? false;
    return {
      ...user,
      roleName: role?.name ?? "",
      mayEdit: !isMore,
      ...(isMore ? { reason: `${user.name} has rights that you do not have.` } : {}),
    };
  };
  const change = (user: User, part: Partial<User>): User => {
    Object.assign(user, part, { version: user.version + 1 });
    return told(user);
  };
  const keepOwner = (user: User, verb: string) => {
    const owners = world.users.filter((each) => each.role === "owner" && each.status === "active");
    if (owners.length > 1 || owners[0]?.id !== user.id) return;
    throw refuse("conflict", `${user.name} is the only owner and cannot be ${verb}.`, {
      hint: "Make somebody else an owner first.",
    });
  };
  const checkEmail = (email: string, id: string | null) => {
    if (!world.users.some((each) => each.email === email && each.id !== id)) return;
    throw refuse("invalid", "The e-mail address is taken.", {
      fields: { email: "Somebody has this e-mail address already." },
    });
  };
  const record = (user: User, operation: Parameters<typeof recordEvent>[5], changes = {}) =>
    recordEvent(world, "people", "user", user.id, user.name, operation, changes);
  return {
    "users.list": ({ search, sort, descending }) => {
      const words = (search ?? "").toLowerCase();
      const users = world.users
        .map(told)
        .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(words))
        .toSorted((a, b) => keyOf(a, sort ?? "name").localeCompare(keyOf(b, sort ?? "name")));
      if (descending) users.reverse();
      return { users, total: users.length };
    },
    "users.create": ({ name, email, role, password }): NewPassword => {
      checkEmail(email, null);
      const user: User = { ...blankUser(world.id("user"), name, role), email };
      world.users.push(user);
      record(user, "create", { name, email, role });
      return { user: told(user), ...(password ? {} : { password: GENERATED }) };
    },
    "users.update": ({ id, version, name, email, role }) => {
      const user = find(id, version);
      checkEmail(email, id);
      if (role !== "owner") keepOwner(user, "given another role");
      record(user, "update", { name, email, role });
      return change(user, { name, email, role });
    },
    "users.deactivate": ({ id, version }) => {
      const user = find(id, version);
      keepOwner(user, "deactivated");
      record(user, "deactivate");
      return change(user, { status: "deactivated" });
    },
    "users.reactivate": ({ id, version }) => {
      const user = find(id, version);
      record(user, "reactivate");
      return change(user, { status: "active" });
    },
    "users.delete": ({ id, version }) => {
      const user = find(id, version);
      keepOwner(user, "deleted");
      record(user, "delete");
      world.users = world.users.filter((each) => each.id !== id);
      return null;
    },
    "users.reset_password": ({ id, version, password }) => {
      const user = find(id, version);
      record(user, "reset_password");
      delete user.lockedUntil;
      const next = change(user, { mustChangePassword: true });
      return { user: next, ...(password ? {} : { password: GENERATED }) };
    },
  };
}

const GENERATED = "maple-anchor-violet-stool";

function keyOf(user: User, sort: UserSort): string {
  if (sort === "last_sign_in") return String(user.lastSignInAt ?? 0).padStart(14, "0");
  return sort === "role" ? user.roleName : user[sort];
}
