import type { RouteObject } from "react-router";

const fields = () => import("./fields/FieldsPage");

/** The settings of this computer and of the workspace, the fields of its own, its pictures. */
export const settingsRoutes: RouteObject[] = [
  {
    path: "settings",
    lazy: async () => ({ Component: (await import("./SettingsPage")).SettingsPage }),
  },
  {
    path: "settings/pictures",
    lazy: async () => ({ Component: (await import("./pictures/PicturesPage")).PicturesPage }),
  },
  {
    path: "settings/fields",
    lazy: async () => ({ Component: (await fields()).FieldsPage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await fields()).NewField }) },
      { path: ":id", lazy: async () => ({ Component: (await fields()).FieldPanel }) },
    ],
  },
];
