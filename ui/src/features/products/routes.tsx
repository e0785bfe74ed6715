import type { RouteObject } from "react-router";

import { NewProduct } from "./NewProduct";
import { ProductPanel } from "./ProductPanel";
import { ProductsPage } from "./ProductsPage";

/** The catalogue, with a product or the form for a new one beside it. */
export const productRoutes: RouteObject[] = [
  {
    path: "products",
    element: <ProductsPage />,
    children: [
      { path: "new", element: <NewProduct /> },
      { path: ":id", element: <ProductPanel /> },
    ],
  },
];
