import type { RouteObject } from "react-router";

/** The people of the workspace and their roles, each with one of them beside the list. */
export const peopleRoutes: RouteObject[] = [
  {
    path: "people",
    lazy: async () => ({ Component: (await import("./PeoplePage")).PeoplePage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("./NewPerson")).NewPerson }) },
      {
        path: ":id",
        lazy: async () => ({ Component: (await import("./PersonPanel")).PersonPanel }),
      },
    ],
  },
  {
    path: "people/roles",
    lazy: async () => ({ Component: (await import("./RolesPage")).RolesPage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("./NewRole")).NewRole }) },
      {
        path: ":key",
        lazy: async () => ({ Component: (await import("./RolePanel")).RolePanel }),
      },
    ],
  },
];
