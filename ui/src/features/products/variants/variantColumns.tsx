import { IconArrowUpRight, IconGripVertical } from "@tabler/icons-react";
import type { PointerEvent } from "react";
import { Link } from "react-router";

import type { Field, FieldInfo, OptionValues, Variant } from "../../../bindings";
import { EditableCell, type GridColumn } from "../../../components/grid";
import { MiddleCut, WHOLE_CODE } from "../../../components/MiddleCut";
import { Picture } from "../../../components/picture";
import { formatDecimal } from "../../../lib/decimal";
import { imageParts } from "../../../lib/images";
import type { MoneyStyle } from "../../../lib/money";
import { paths } from "../../../lib/paths";
import { formatValue, isNumeric, textOf, valueIn } from "../../../lib/values";
import classes from "./Variants.module.css";

type Column = GridColumn<Variant>;

const POINT = { decimal: ".", group: "," };

/** The values of the options, in the order of their slots. */
export const OPTION_VALUES = ["option1_value", "option2_value", "option3_value"] as const;
/** Their names. */
export const OPTION_NAMES = ["option1_name", "option2_name", "option3_name"] as const;

/** What stands in the table after SKU and options; the last ones are hidden at first. */
const OTHERS: readonly Field[] = ["store_price", "barcode", "name", "rrp", "cost", "weight"];
const HIDDEN: ReadonlySet<Field> = new Set(["name", "rrp", "cost", "weight"]);

interface ColumnsOf {
  fields: readonly FieldInfo[];
  options: readonly OptionValues[];
  money: MoneyStyle;
  /** Where the list is that the variants are opened beside. */
  search: string;
  /** The grip of a row was taken; nothing where the order cannot be changed. */
  onGrip: ((event: PointerEvent<HTMLElement>, id: string) => void) | null;
}

/** The columns of the table of variants. */
export function variantColumns({ fields, options, money, search, onGrip }: ColumnsOf): Column[] {
  const known = new Map(fields.map((info) => [info.key, info]));
  const column = (key: Field, more: Partial<Column> = {}): Column[] => {
    const info = known.get(key);
    if (info === undefined) return [];
    return [{ ...fieldColumn({ ...info, label: more.label ?? info.label }, money), ...more }];
  };
  return [
    ...(onGrip === null ? [] : [gripColumn(onGrip)]),
    pictureColumn(),
    ...column("sku", { width: 150, least: 104, fixed: true }),
    openColumn(search),
    ...OPTION_VALUES.flatMap((key, at) =>
      at < Math.max(options.length, 1) ? column(key, { label: nameOf(options, at) }) : [],
    ),
    ...column("stock", { label: "Stock" }),
    ...OTHERS.flatMap((key) => column(key, { hidden: HIDDEN.has(key) })),
  ];
}

function nameOf(options: readonly OptionValues[], at: number): string {
  return options[at]?.name ?? `Option ${at + 1}`;
}

/** Where variants call the option in a slot by another name, that stands beside its value. */
function otherName(row: Variant, key: Field, label: string): string {
  const at = OPTION_VALUES.findIndex((each) => each === key);
  const slot = OPTION_NAMES[at];
  const name = slot === undefined ? "" : textOf(row.fields, slot);
  return name === "" || name.toLowerCase() === label.toLowerCase() ? "" : name;
}

function fieldColumn(info: FieldInfo, money: MoneyStyle): Column {
  const { key, label, kind, choices } = info;
  const shown = (row: Variant) => formatValue(valueIn(row.fields, key), kind, choices, money);
  const align = isNumeric(kind) ? "end" : "start";
  return {
    key,
    label,
    width: WIDTHS[kind] ?? 110,
    least: isNumeric(kind) ? 70 : 76,
    align,
    ...(isNumeric(kind) || kind === "code"
      ? { whole: (row) => shown(row).slice(0, WHOLE_CODE) }
      : { fits: (row) => shown(row).slice(0, WHOLE_CODE), most: 200 }),
    render: (row) => {
      const other = otherName(row, key, label);
      return (
        <EditableCell rowKey={row.id} column={key} label={label} align={align}>
          {kind === "code" ? <MiddleCut text={shown(row)} /> : <span>{shown(row)}</span>}
          {other !== "" && <span className={classes.other}>{other}</span>}
        </EditableCell>
      );
    },
    text: (row) => {
      const value = valueIn(row.fields, key);
      if (typeof value !== "number") return shown(row);
      return kind === "integer"
        ? String(value)
        : formatDecimal(value, { grouped: false, marks: POINT });
    },
  };
}

const WIDTHS: Partial<Record<FieldInfo["kind"], number>> = { integer: 76, money: 100, decimal: 90 };

function gripColumn(onGrip: NonNullable<ColumnsOf["onGrip"]>): Column {
  return {
    key: "grip",
    label: "Reorder",
    quiet: true,
    width: 44,
    least: 44,
    fixed: true,
    render: ({ id }) => (
      <span
        className={classes.grip}
        title="Drag to reorder (Alt ↑ ↓)"
        onPointerDown={(event) => onGrip(event, id)}
        data-testid="grip"
      >
        <IconGripVertical size={14} />
      </span>
    ),
    text: () => "",
  };
}

function pictureColumn(): Column {
  return {
    key: "picture",
    label: "Picture",
    quiet: true,
    width: 40,
    least: 40,
    fixed: true,
    render: ({ fields }) => (
      <Picture
        address={imageParts(textOf(fields, "main_image")).address}
        alt=""
        size={24}
        isInList
      />
    ),
    text: () => "",
  };
}

function openColumn(search: string): Column {
  return {
    key: "open",
    label: "Open",
    quiet: true,
    width: 36,
    least: 36,
    fixed: true,
    render: ({ id, fields }) => (
      <Link
        className={classes.open}
        to={{ pathname: paths.product(id), search }}
        aria-label={`Open ${textOf(fields, "sku")}`}
        title="Open (Ctrl Enter)"
        tabIndex={-1}
      >
        <IconArrowUpRight size={15} />
      </Link>
    ),
    text: () => "",
  };
}
