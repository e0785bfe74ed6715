import type { RouteObject } from "react-router";

import { ImportPage } from "./ImportPage";

/** The pages of this feature. The list of what was imported stands with the batches. */
export const importRoutes: RouteObject[] = [{ path: "imports/new", element: <ImportPage /> }];
