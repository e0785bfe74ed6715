import { IconChevronRight, IconCornerDownRight } from "@tabler/icons-react";

import type { DataRecord, FieldInfo, ProductRow, Value } from "../../bindings";
import type { GridColumn } from "../../components/grid";
import { DraftDot } from "../../components/DraftDot";
import { isOneWord, MiddleCut, WHOLE_CODE } from "../../components/MiddleCut";
import { ToneBadge } from "../../components/OutcomeBadge";
import { Picture } from "../../components/picture";
import { formatDecimal } from "../../lib/decimal";
import { formatAgo, formatInteger, plainMoment } from "../../lib/format";
import { imageParts } from "../../lib/images";
import { formatMoney, formatRange, type MoneyStyle } from "../../lib/money";
import { formatValue, isCustom, isNumeric, textOf } from "../../lib/values";
import { IN_SHOP } from "../channels/inShop";
import { COVERAGES, CoverageBadge } from "../purchasing/CoverageBadge";
import { ActiveMark } from "../records/ActiveMark";
import classes from "./Products.module.css";

const POINT = { decimal: ".", group: "," };

/** A number for a spreadsheet: no grouping, a point before the decimals. */
const plain = (units: number | null) =>
  units === null ? "" : formatDecimal(units, { grouped: false, marks: POINT });

/** So much of a text gives its column the width; longer ones are cut anyway. */
const MEASURED = 60;

type MoneyKey = "rrp" | "cost" | "storePrice" | "promoPrice";

function moneyColumn(key: MoneyKey, label: string, more: Partial<GridColumn<ProductRow>> = {}) {
  return (style: MoneyStyle): GridColumn<ProductRow> => ({
    key,
    label,
    width: 104,
    least: 92,
    align: "end",
    render: (row) => formatMoney(row[key], style),
    whole: (row) => formatMoney(row[key], style),
    text: (row) => plain(row[key]),
    ...more,
  });
}

/** The side of a thumbnail in the list, in pixels. */
const THUMBNAIL = 24;

const BEFORE_PRICES: GridColumn<ProductRow>[] = [
  {
    key: "image",
    label: "Image",
    width: 56,
    least: 56,
    align: "center",
    isPicture: true,
    render: ({ mainImage }) => (
      <Picture address={imageParts(mainImage).address} alt="" size={THUMBNAIL} isInList />
    ),
    text: ({ mainImage }) => imageParts(mainImage).address,
  },
  {
    key: "sku",
    label: "SKU",
    width: 150,
    least: 116,
    sort: "sku",
    fixed: true,
    render: ({ id, sku, parentSku }) => (
      <span className={classes.sku} data-variant={parentSku !== null || undefined}>
        <DraftDot subject={id} />
        {parentSku !== null && <IconCornerDownRight size={12} aria-label="Variant" />}
        <MiddleCut text={sku} />
      </span>
    ),
    // A variant's is set in by its mark.
    whole: ({ sku, parentSku }) => (parentSku === null ? "" : "//") + sku.slice(0, WHOLE_CODE),
    text: ({ sku }) => sku,
  },
  {
    key: "name",
    label: "Name",
    width: 240,
    least: 150,
    most: 360,
    grow: true,
    sort: "name",
    render: ({ name, variants, parentSku, parentName }, isUnderParent = false) => (
      <span className={classes.named} data-variant={parentSku !== null || undefined}>
        <span className={classes.name} title={name}>
          {parentSku === null ? name : <MiddleCut text={name} tail={9} />}
        </span>
        {parentSku !== null && !isUnderParent && (
          <span className={classes.parent} title={`Variant of ${parentName ?? ""} (${parentSku})`}>
            of {parentName || parentSku}
          </span>
        )}
        {variants > 0 && (
          <span className={classes.variants} title={`${variants} variants`}>
            <IconChevronRight size={12} />
            {variants}
          </span>
        )}
      </span>
    ),
    fits: ({ name, parentSku, parentName }) =>
      (parentSku === null ? name : `${name}///of ${parentName || parentSku}`).slice(0, MEASURED),
    text: ({ name }) => name,
  },
  {
    key: "brand",
    label: "Brand",
    width: 110,
    least: 72,
    sort: "brand",
    most: 160,
    render: ({ brand }) => <span title={brand}>{brand}</span>,
    fits: ({ brand }) => brand,
    text: ({ brand }) => brand,
  },
  {
    key: "stock",
    label: "Stock",
    width: 76,
    least: 64,
    align: "end",
    sort: "stock",
    render: ({ stock }) => (
      <span className={classes.stock} data-out={stock <= 0 || undefined}>
        {formatInteger(stock)}
      </span>
    ),
    whole: ({ stock }) => formatInteger(stock),
    text: ({ stock }) => String(stock),
  },
];

const COVERAGE: GridColumn<ProductRow> = {
  key: "coverage",
  label: "Suppliers",
  width: 110,
  least: 100,
  sort: "coverage",
  render: ({ coverage }) => <CoverageBadge coverage={coverage} />,
  text: ({ coverage }) => COVERAGES[coverage].label,
};

/** The store price; of a product with variants from which to which theirs are. */
function storePriceColumn(style: MoneyStyle): GridColumn<ProductRow> {
  const shown = ({ variantPrices, storePrice }: ProductRow) => {
    const { from, to } = variantPrices ?? {};
    if (typeof from !== "number" || typeof to !== "number") return formatMoney(storePrice, style);
    return formatRange({ from, to }, style);
  };
  return {
    ...moneyColumn("storePrice", "Store price", { sort: "store_price" })(style),
    render: (row) => shown(row),
    whole: shown,
  };
}

const PRICES = [
  storePriceColumn,
  moneyColumn("promoPrice", "Promotion", { hidden: true, sort: "promo_price" }),
  moneyColumn("rrp", "RRP", { hidden: true, sort: "rrp" }),
  moneyColumn("cost", "Cost", { hidden: true, sort: "cost" }),
];

const AFTER_PRICES: GridColumn<ProductRow>[] = [
  {
    key: "category",
    label: "Category",
    width: 150,
    least: 84,
    sort: "category",
    render: ({ category }) => (
      <span className={classes.quiet} title={category}>
        {category}
      </span>
    ),
    most: 190,
    grow: true,
    fits: ({ category }) => category,
    text: ({ category }) => category,
  },
  {
    key: "barcode",
    label: "Barcode",
    width: 140,
    hidden: true,
    sort: "barcode",
    render: ({ barcode }) => <MiddleCut text={barcode} />,
    whole: ({ barcode }) => barcode.slice(0, WHOLE_CODE),
    text: ({ barcode }) => barcode,
  },
  {
    key: "active",
    label: "Active",
    width: 84,
    least: 80,
    sort: "active",
    render: ({ active }) => <ActiveMark active={active} />,
    text: ({ active }) => (active ? "yes" : "no"),
  },
  COVERAGE,
  {
    key: "updatedAt",
    label: "Changed",
    width: 124,
    least: 90,
    sort: "updated_at",
    fits: ({ updatedAt }) => formatAgo(updatedAt),
    render: ({ updatedAt }) => <span className={classes.quiet}>{formatAgo(updatedAt)}</span>,
    text: ({ updatedAt }) => plainMoment(updatedAt),
  },
];

/** How wide the words in a field of the workspace's own make its column. */
const MOST_OF_OWN = 260;

/** The column of a field of the workspace's own, which is shown once it is chosen. */
function customColumn(info: FieldInfo): GridColumn<ProductRow> {
  const { key, label, kind, choices, filterable } = info;
  const shown = (row: ProductRow) => formatValue(custom(row, key), kind, choices);
  const isNumber = isNumeric(kind);
  return {
    key,
    label,
    width: isNumber ? 104 : 130,
    least: 76,
    hidden: true,
    align: isNumber ? "end" : "start",
    // What holds several choices has no order.
    ...(filterable && kind !== "choices" ? { sort: key } : {}),
    render: (row) =>
      isOneWord(shown(row)) ? (
        <MiddleCut text={shown(row)} />
      ) : (
        <span title={shown(row)}>{shown(row)}</span>
      ),
    ...(isNumber ? { whole: shown } : { fits: shown, most: MOST_OF_OWN }),
    text: (row) => {
      const value = custom(row, key);
      if (typeof value !== "number") return shown(row);
      return kind === "integer" ? String(value) : plain(value);
    },
  };
}

const custom = (row: ProductRow, key: string): Value => row.custom[key] ?? null;

/** So many shops have a column of their own without being asked for. */
const SHOWN_SHOPS = 2;

/** How products stand in a shop. */
function shopColumn(channel: DataRecord, index: number): GridColumn<ProductRow> {
  const { id, fields } = channel;
  const standing = ({ shops }: ProductRow) => {
    const word = shops[id];
    return word === undefined ? null : IN_SHOP[word];
  };
  return {
    key: `shop.${id}`,
    label: textOf(fields, "channel.name"),
    width: 112,
    least: 96,
    hidden: index >= SHOWN_SHOPS,
    render: (row) => {
      const look = standing(row);
      return look === null ? null : <ToneBadge {...look} />;
    },
    text: (row) => standing(row)?.label ?? "",
  };
}

/** The columns of the list, amounts where a narrow window shows them; the cost only for people who may see it, who sells them only in a shop with suppliers. */
export function productColumns(
  fields: readonly FieldInfo[],
  style: MoneyStyle,
  hasSuppliers: boolean,
  channels: readonly DataRecord[],
): GridColumn<ProductRow>[] {
  const seesCost = fields.some((field) => field.key === "cost");
  const prices = PRICES.map((column) => column(style));
  const own = fields.filter(({ key }) => isCustom(key)).map(customColumn);
  const shops = channels.map(shopColumn);
  const all = [...BEFORE_PRICES, ...prices, ...shops, ...own, ...AFTER_PRICES];
  return all.filter(
    ({ key }) => (key !== "cost" || seesCost) && (key !== COVERAGE.key || hasSuppliers),
  );
}
