/** Which columns the review shows: only the fields that change somewhere in the plan. */
import type { Field, FieldChoice, FieldInfo, FieldKind, KindInfo } from "../../bindings";
import { isNumeric, isWords } from "../../lib/values";

/** A column of a changed field. */
export interface FieldColumn {
  readonly field: Field;
  readonly label: string;
  readonly kind: FieldKind;
  readonly choices: readonly FieldChoice[];
  /** Its width until its rows come, which give it that of what they show, up to `most`. */
  readonly width: number;
  readonly most: number;
  readonly numeric: boolean;
  /** Whether old and new may be too long for it; what is not is never cut. */
  readonly grow: boolean;
  /** Whether its amounts may be in another currency than the workspace's, whose sign may be longer. */
  readonly hasOwnCurrency: boolean;
}

const WIDTHS: Record<FieldKind, number> = {
  code: 180,
  text: 180,
  long_text: 240,
  image: 240,
  images: 240,
  html: 240,
  money: 140,
  decimal: 130,
  integer: 110,
  date: 200,
  flag: 110,
  tags: 200,
  choice: 160,
  choices: 200,
};

/** How wide what it shows makes a column; the rest of long texts is in the panel of the record. */
const MOST: Partial<Record<FieldKind, number>> = { text: 340, long_text: 420, html: 420 };
const MOST_OF_OTHERS = 360;

/**
 * The columns of the changed fields in reading order, amounts first: they are seen in a narrow window,
 * too. What identifies and what names a record has a
 * column of its own, at the left of every record, so it is left out here; what its code is made of comes
 * last, since the code says it already.
 */
export function fieldColumns(changed: readonly Field[], kinds: readonly KindInfo[]): FieldColumn[] {
  const wanted = new Set<Field>(changed);
  return kinds.flatMap(({ fields, code, title, currency }) =>
    amountsFirst(partsOfCodeLast(fields))
      .filter(({ key }) => wanted.has(key) && key !== code && key !== title)
      .map(({ key, label, kind, choices }) => ({
        field: key,
        label,
        kind,
        choices,
        width: WIDTHS[kind],
        most: MOST[kind] ?? MOST_OF_OTHERS,
        numeric: isNumeric(kind),
        grow: isWords(kind),
        hasOwnCurrency: kind === "money" && currency !== null,
      })),
  );
}

function amountsFirst(fields: readonly FieldInfo[]): readonly FieldInfo[] {
  return fields.toSorted((a, b) => Number(isNumeric(b.kind)) - Number(isNumeric(a.kind)));
}

function partsOfCodeLast(fields: readonly FieldInfo[]): readonly FieldInfo[] {
  if (!fields.some(({ computed }) => computed)) return fields;
  return fields.toSorted((a, b) => Number(a.reference !== null) - Number(b.reference !== null));
}
