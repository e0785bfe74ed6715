import type { KindInfo } from "../bindings";
import type { CommandName } from "./host";

/** What the names of the commands begin with that every kind of record has: "products". */
export type RecordArea = {
  [N in CommandName]: N extends `${infer Area}.merge` ? Area : never;
}[CommandName];

/** Every one of them: the compiler finds one that is missing, or one too many. */
const AREAS: Record<RecordArea, true> = {
  products: true,
  suppliers: true,
  supplier_products: true,
  custom_fields: true,
  channels: true,
  channel_fields: true,
};

function isRecordArea(area: string): area is RecordArea {
  return Object.hasOwn(AREAS, area);
}

/** What the names of the commands of a kind begin with, whose records have a form. */
export function areaOf({ key, area }: KindInfo): RecordArea {
  if (!isRecordArea(area)) throw new Error(`A ${key} has no form of a record.`);
  return area;
}
