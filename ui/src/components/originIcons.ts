import {
  IconArrowBackUp,
  IconCloud,
  IconFileImport,
  IconForms,
  IconKey,
  IconPackage,
  IconPencil,
  IconPlugConnected,
  IconSettings,
  IconTrash,
  IconTrashOff,
  IconTrashX,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Origin } from "../bindings";

/** The picture of where a batch came from. */
export const ORIGIN_ICONS: Record<Origin, ComponentType<{ size?: number | string }>> = {
  import: IconFileImport,
  undo: IconArrowBackUp,
  form: IconForms,
  trash: IconTrash,
  restore: IconTrashOff,
  purge: IconTrashX,
  bulk_edit: IconPencil,
  sync: IconPlugConnected,
  offline_replay: IconCloud,
  practice: IconPackage,
  people: IconUsers,
  settings: IconSettings,
  sign_in: IconKey,
};
