import type { RouteObject } from "react-router";

/** The pages of this feature. The list of what was imported stands with the batches. */
export const importRoutes: RouteObject[] = [
  {
    path: "imports/new",
    lazy: async () => ({ Component: (await import("./ImportPage")).ImportPage }),
  },
];
