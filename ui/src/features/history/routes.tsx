import type { RouteObject } from "react-router";

/** Everything that was ever done, with one entry beside the list. */
export const historyRoutes: RouteObject[] = [
  {
    path: "history",
    lazy: async () => ({ Component: (await import("./HistoryPage")).HistoryPage }),
    children: [
      {
        path: ":number",
        lazy: async () => ({ Component: (await import("./EntryPanel")).EntryPanel }),
      },
    ],
  },
];
