import {
  IconArrowsLeftRight,
  IconBuildingStore,
  IconForms,
  IconLink,
  IconPackage,
  IconShoppingBag,
  IconTag,
  IconTruck,
  IconUser,
  IconUserShield,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Kind } from "../bindings";

/** The icons of the kinds of record. All else that is known of a kind comes from the core. */
export const KIND_ICONS: Record<Kind, ComponentType<{ size?: number | string }>> = {
  product: IconPackage,
  supplier: IconTruck,
  supplier_product: IconLink,
  custom_field: IconForms,
  channel: IconShoppingBag,
  channel_field: IconArrowsLeftRight,
  listing: IconTag,
  user: IconUser,
  role: IconUserShield,
  workspace: IconBuildingStore,
};

/** Whether a word of an address is the key of a kind. */
export function isKind(word: string | null): word is Kind {
  return word !== null && Object.hasOwn(KIND_ICONS, word);
}
