import { IconBuildingStore, IconPackage, IconUser, IconUserShield } from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Entity, HistoryEntry } from "../../bindings";
import { paths } from "../../lib/paths";

interface EntityLook {
  /** One of them. */
  label: string;
  many: string;
  icon: ComponentType<{ size?: number | string }>;
}

/** What the kinds of records are called. */
export const ENTITIES: Record<Entity, EntityLook> = {
  product: { label: "Product", many: "Products", icon: IconPackage },
  user: { label: "Person", many: "People and sign-ins", icon: IconUser },
  role: { label: "Role", many: "Roles", icon: IconUserShield },
  workspace: { label: "Workspace", many: "Settings", icon: IconBuildingStore },
};

/** Where the record of an entry is shown; null when it has no page. */
export function recordPath({ entity, entityId }: HistoryEntry): string | null {
  switch (entity) {
    case "product":
      return paths.product(entityId);
    case "user":
      return paths.person(entityId);
    case "role":
      return paths.role(entityId);
    case "workspace":
      return paths.settings;
  }
}

/** Who did it, in words; some things are done by nobody who is known. */
export function whoOf({ person, operation }: HistoryEntry): string {
  if (person !== "") return person;
  return operation === "sign_in_failed" || operation === "locked_out" ? "Unknown" : "Backstock";
}
