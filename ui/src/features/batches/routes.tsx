import type { RouteObject } from "react-router";

import { BatchesPage } from "./BatchesPage";
import { BatchPage } from "./BatchPage";

/** The pages of this feature. */
export const batchRoutes: RouteObject[] = [
  { path: "imports", element: <BatchesPage /> },
  { path: "batches/:id", element: <BatchPage /> },
];
