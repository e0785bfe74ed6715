import { createHashRouter, type RouteObject } from "react-router";

import { PageSkeleton } from "../components/PageSkeleton";
import { accountRoutes } from "../features/account/routes";
import { batchRoutes } from "../features/batches/routes";
import { channelRoutes } from "../features/channels/routes";
import { historyRoutes } from "../features/history/routes";
import { homeRoutes } from "../features/home/routes";
import { importRoutes } from "../features/imports/routes";
import { peopleRoutes } from "../features/people/routes";
import { planRoutes } from "../features/plans/routes";
import { productRoutes } from "../features/products/routes";
import { purchasingRoutes } from "../features/purchasing/routes";
import { settingsRoutes } from "../features/settings/routes";
import { Frame } from "./frame/Frame";
import { NotFoundPage, RouteError } from "./RouteError";

/**
 * Every page inside the frame. The code of a page is read when it is first gone to: until then the
 * page before stays, and at the start a skeleton stands in the frame.
 */
export const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <RouteError />,
    children: [
      {
        errorElement: <RouteError />,
        hydrateFallbackElement: <PageSkeleton />,
        children: [
          ...homeRoutes,
          ...productRoutes,
          ...purchasingRoutes,
          ...channelRoutes,
          ...importRoutes,
          ...planRoutes,
          ...batchRoutes,
          ...peopleRoutes,
          ...historyRoutes,
          ...accountRoutes,
          ...settingsRoutes,
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

/** A router for the window; the address stands behind the # because pages come from the app itself. */
export function createRouter() {
  return createHashRouter(routes);
}
