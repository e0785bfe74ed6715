import type { RouteObject } from "react-router";

/** The pages of this feature. */
export const planRoutes: RouteObject[] = [
  { path: "plans/:id", lazy: async () => ({ Component: (await import("./PlanPage")).PlanPage }) },
];
