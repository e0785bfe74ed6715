import { createHashRouter, type RouteObject } from "react-router";

import { batchRoutes } from "../features/batches/routes";
import { HomePage } from "../features/home/HomePage";
import { importRoutes } from "../features/imports/routes";
import { planRoutes } from "../features/plans/routes";
import { productRoutes } from "../features/products/routes";
import { SettingsPage } from "../features/settings/SettingsPage";
import { Frame } from "./frame/Frame";
import { NotFoundPage, RouteError } from "./RouteError";

/** Every page inside the frame. */
export const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <RouteError />,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          { index: true, element: <HomePage /> },
          ...productRoutes,
          ...importRoutes,
          ...planRoutes,
          ...batchRoutes,
          { path: "settings", element: <SettingsPage /> },
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
