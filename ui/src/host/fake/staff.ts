import type { Area, Permission, PermissionInfo, RoleInfo, User } from "../../bindings";

type Row = [Permission, Area, string, string, Permission[]];

const SEE: Permission[] = ["view_products"];

const ROWS: Row[] = [
  ["view_products", "products", "see products", "Look at products, batches and what changed.", []],
  ["see_costs", "products", "see costs", "See and change what products cost, everywhere.", SEE],
  [
    "edit_products",
    "products",
    "edit products",
    "Create and change products, move them to the trash and back.",
    SEE,
  ],
  [
    "purge_products",
    "products",
    "delete products for good",
    "Delete products that lie in the trash. They cannot be brought back.",
    SEE,
  ],
  ["import", "files", "import files", "Import CSV files, apply plans, undo batches.", SEE],
  ["export", "files", "export products", "Write products to a CSV file.", SEE],
  [
    "view_history",
    "people",
    "see the history of people and settings",
    "See who signed in, and who changed people, roles and settings.",
    [],
  ],
  [
    "manage_users",
    "people",
    "manage people",
    "Create, change, deactivate and delete people, reset passwords, make roles.",
    [],
  ],
  [
    "manage_workspace",
    "workspace",
    "change the workspace's settings",
    "Change the workspace's name, its currency and when it locks.",
    [],
  ],
];

const AREAS: Record<Area, string> = {
  products: "Products",
  files: "Imports and exports",
  purchasing: "Purchasing",
  people: "People",
  workspace: "Workspace",
};

/** Every permission, as the core declares them. */
export const PERMISSIONS: PermissionInfo[] = ROWS.map(([key, area, label, description, needs]) => ({
  key,
  area,
  areaLabel: AREAS[area],
  label,
  description,
  needs,
}));

const EVERYTHING = ROWS.map(([key]) => key);

function builtIn(
  key: string,
  name: string,
  description: string,
  permissions: Permission[],
): RoleInfo {
  return {
    key,
    name,
    description,
    builtIn: true,
    permissions,
    users: 0,
    version: 0,
    mayEdit: false,
    mayGive: true,
  };
}

/** The roles that the double starts with. */
export function startingRoles(): RoleInfo[] {
  return [
    builtIn("owner", "Owner", "May do everything.", EVERYTHING),
    builtIn(
      "manager",
      "Manager",
      "Runs the shop: everything but people and settings.",
      EVERYTHING.filter((key) => key !== "manage_users" && key !== "manage_workspace"),
    ),
    builtIn("operator", "Operator", "Keeps products and imports files.", [
      "view_products",
      "edit_products",
      "import",
      "export",
    ]),
    builtIn("viewer", "Viewer", "Looks at products, without costs.", ["view_products"]),
    {
      ...builtIn("role-buyer", "Buyer", "", ["view_products", "see_costs", "export"]),
      builtIn: false,
      version: 1,
      mayEdit: true,
    },
  ];
}

const DAY = 86_400_000;

/** A person who has never signed in. */
export function blankUser(id: string, name: string, role: string): User {
  return {
    id,
    name,
    email: `${name.split(" ")[0]?.toLowerCase() ?? id}@example.com`,
    role,
    roleName: "",
    status: "active",
    mustChangePassword: true,
    createdAt: Date.now(),
    version: 1,
    mayEdit: true,
  };
}

/** The people that the double starts with. */
export function startingUsers(): User[] {
  const now = Date.now();
  const user = (id: string, name: string, role: string, part: Partial<User> = {}): User => ({
    ...blankUser(id, name, role),
    mustChangePassword: false,
    lastSignInAt: now - 2 * DAY,
    createdAt: now - 90 * DAY,
    ...part,
  });
  return [
    user("018f-ada", "Ada Moreno", "owner", { lastSignInAt: now - 60_000 }),
    user("018f-ben", "Ben Ode", "manager", { lastSignInAt: now - 3 * 3_600_000 }),
    user("018f-cho", "Cho Park", "operator", { lockedUntil: now + 240_000 }),
    blankUser("018f-dia", "Dia Kowalczyk-Ramaswamy", "viewer"),
    user("018f-eli", "Eli Brandt", "role-buyer", { status: "deactivated" }),
  ];
}
