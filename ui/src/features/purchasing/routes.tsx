import { Navigate, type RouteObject } from "react-router";

import { paths } from "../../lib/paths";

const suppliers = () => import("./SuppliersPage");
const supplierProducts = () => import("./SupplierProductsPage");

/** Suppliers and what they sell, each with one of them or the form for a new one beside the list. */
export const purchasingRoutes: RouteObject[] = [
  { path: "purchasing", element: <Navigate to={paths.suppliers} replace /> },
  {
    path: "purchasing/suppliers",
    lazy: async () => ({ Component: (await suppliers()).SuppliersPage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await suppliers()).NewSupplier }) },
      { path: ":id", lazy: async () => ({ Component: (await suppliers()).SupplierPanel }) },
    ],
  },
  {
    path: "purchasing/supplier-products",
    lazy: async () => ({ Component: (await supplierProducts()).SupplierProductsPage }),
    children: [
      {
        path: "new",
        lazy: async () => ({ Component: (await supplierProducts()).NewSupplierProduct }),
      },
      {
        path: ":id",
        lazy: async () => ({ Component: (await supplierProducts()).SupplierProductPanel }),
      },
    ],
  },
];
