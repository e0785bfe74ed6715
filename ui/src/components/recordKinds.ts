import {
  IconBuildingStore,
  IconLink,
  IconPackage,
  IconTruck,
  IconUser,
  IconUserShield,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Kind } from "../bindings";

interface RecordKind {
  /** One of them. */
  label: string;
  many: string;
  /** What identifies one: the name of its code. */
  code: string;
  icon: ComponentType<{ size?: number | string }>;
}

/** What the kinds of records are called. */
export const RECORD_KINDS: Record<Kind, RecordKind> = {
  product: { label: "Product", many: "Products", code: "SKU", icon: IconPackage },
  supplier: { label: "Supplier", many: "Suppliers", code: "Code", icon: IconTruck },
  supplier_product: {
    label: "Supplier product",
    many: "Supplier products",
    code: "Supplier/SKU",
    icon: IconLink,
  },
  user: { label: "Person", many: "People and sign-ins", code: "E-mail", icon: IconUser },
  role: { label: "Role", many: "Roles", code: "Name", icon: IconUserShield },
  workspace: { label: "Workspace", many: "Settings", code: "Name", icon: IconBuildingStore },
};

/** All kinds, in the order in which they are offered. */
export const KINDS: readonly Kind[] = [
  "product",
  "supplier",
  "supplier_product",
  "user",
  "role",
  "workspace",
];
