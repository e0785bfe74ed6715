import type { DataRecord, Field, FieldInfo, FieldKind, KindInfo } from "../../bindings";
import type { GridColumn } from "../../components/grid";
import { DraftDot } from "../../components/DraftDot";
import { isOneWord, MiddleCut, WHOLE_CODE } from "../../components/MiddleCut";
import { useMoneyStyle } from "../../components/moneyContext";
import { RecordMoney } from "../../components/RecordMoney";
import { formatDecimal } from "../../lib/decimal";
import { formatAgo, plainMoment } from "../../lib/format";
import { formatMoney } from "../../lib/money";
import { formatValue, isNumeric, numberOf, valueIn } from "../../lib/values";
import type { RecordList } from "./list";
import classes from "./Records.module.css";

/** What every list can be sorted by besides its fields. */
export const UPDATED_AT = "updated_at";

const POINT = { decimal: ".", group: "," };

const WIDTHS: Record<FieldKind, { width: number; least: number; most?: number }> = {
  code: { width: 150, least: 100 },
  text: { width: 160, least: 90, most: 300 },
  long_text: { width: 220, least: 110, most: 360 },
  html: { width: 220, least: 110, most: 360 },
  tags: { width: 160, least: 90, most: 300 },
  money: { width: 104, least: 84 },
  decimal: { width: 96, least: 72 },
  integer: { width: 92, least: 72 },
  date: { width: 110, least: 96 },
  flag: { width: 88, least: 72 },
  choice: { width: 130, least: 84, most: 240 },
  choices: { width: 160, least: 90, most: 300 },
  image: { width: 200, least: 110, most: 300 },
  images: { width: 200, least: 110, most: 300 },
};

/** So much of a text gives its column the width; longer ones are cut anyway. */
const MEASURED = 60;

/** The columns of a list: one for each field, and when a record was changed. */
export function recordColumns(kind: KindInfo, list: RecordList): GridColumn<DataRecord>[] {
  const columns = kind.fields.flatMap((info) => {
    const special = list.columns[info.key];
    return special === null ? [] : [withSpecial(fieldColumn(info, kind), special)];
  });
  return [...columns, CHANGED];
}

/** What a list draws in its own way is not as wide as the value itself. */
function withSpecial(
  column: GridColumn<DataRecord>,
  special: Partial<GridColumn<DataRecord>> | undefined,
): GridColumn<DataRecord> {
  if (special?.render === undefined) return { ...column, ...special };
  const own = { ...column };
  delete own.fits;
  return { ...own, ...special };
}

function fieldColumn(info: FieldInfo, of: KindInfo): GridColumn<DataRecord> {
  const { key, label, kind, choices } = info;
  const isCode = key === of.code;
  const shown = (row: DataRecord) => formatValue(valueIn(row.fields, key), kind, choices);
  const common = { key, label, sort: key, ...WIDTHS[kind], fixed: isCode };
  if (isNumeric(kind)) {
    return {
      ...common,
      align: "end",
      render: (row) =>
        kind === "money" ? (
          <RecordMoney kind={of.key} fields={row.fields}>
            <Amount units={numberOf(row.fields, key)} />
          </RecordMoney>
        ) : (
          <span>{shown(row)}</span>
        ),
      // The sign of another currency may be longer than that of the workspace.
      whole: (row) => (of.currency === null ? shown(row) : `${shown(row)}--`),
      text: (row) => plainNumber(row, key, kind),
    };
  }
  if (kind === "code") {
    return {
      ...common,
      render: (row) => (
        <span className={isCode ? classes.code : undefined}>
          {isCode && <DraftDot subject={row.id} />}
          <MiddleCut text={shown(row)} />
        </span>
      ),
      whole: (row) => shown(row).slice(0, WHOLE_CODE),
      text: shown,
    };
  }
  return {
    ...common,
    render: (row) => (
      <span className={classes.words} title={shown(row)}>
        {isOneWord(shown(row)) ? <MiddleCut text={shown(row)} /> : shown(row)}
      </span>
    ),
    fits: (row) => shown(row).slice(0, MEASURED),
    text: shown,
  };
}

function Amount({ units }: { units: number | null }) {
  return <span>{formatMoney(units, useMoneyStyle())}</span>;
}

/** A number for a spreadsheet: no grouping, a point before the decimals. */
function plainNumber(row: DataRecord, field: Field, kind: FieldKind): string {
  const value = valueIn(row.fields, field);
  if (typeof value !== "number") return "";
  return kind === "integer"
    ? String(value)
    : formatDecimal(value, { grouped: false, marks: POINT });
}

const CHANGED: GridColumn<DataRecord> = {
  key: UPDATED_AT,
  label: "Changed",
  width: 124,
  least: 90,
  fits: ({ updatedAt }) => formatAgo(updatedAt),
  sort: UPDATED_AT,
  render: ({ updatedAt }) => <span className={classes.quiet}>{formatAgo(updatedAt)}</span>,
  text: ({ updatedAt }) => plainMoment(updatedAt),
};
