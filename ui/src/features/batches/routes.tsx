import type { RouteObject } from "react-router";

/** The pages of this feature. */
export const batchRoutes: RouteObject[] = [
  {
    path: "imports",
    lazy: async () => ({ Component: (await import("./BatchesPage")).BatchesPage }),
  },
  {
    path: "batches/:id",
    lazy: async () => ({ Component: (await import("./BatchPage")).BatchPage }),
  },
];
