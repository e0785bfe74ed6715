import type { RouteObject } from "react-router";

/** What belongs to the signed-in person alone. */
export const accountRoutes: RouteObject[] = [
  {
    path: "account",
    lazy: async () => ({ Component: (await import("./AccountPage")).AccountPage }),
  },
];
