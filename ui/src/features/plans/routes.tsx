import type { RouteObject } from "react-router";

import { PlanPage } from "./PlanPage";

/** The pages of this feature. */
export const planRoutes: RouteObject[] = [{ path: "plans/:id", element: <PlanPage /> }];
