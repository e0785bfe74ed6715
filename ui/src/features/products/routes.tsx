import type { RouteObject } from "react-router";

/** The catalogue, with a product or the form for a new one beside it. */
export const productRoutes: RouteObject[] = [
  {
    path: "products",
    lazy: async () => ({ Component: (await import("./ProductsPage")).ProductsPage }),
    children: [
      {
        path: "new",
        lazy: async () => ({ Component: (await import("./NewProduct")).NewProduct }),
      },
      {
        path: ":id",
        lazy: async () => ({ Component: (await import("./ProductPanel")).ProductPanel }),
      },
    ],
  },
];
