import type { RouteObject } from "react-router";

/** The settings of this computer and of the workspace. */
export const settingsRoutes: RouteObject[] = [
  {
    path: "settings",
    lazy: async () => ({ Component: (await import("./SettingsPage")).SettingsPage }),
  },
];
