import { IconLink } from "@tabler/icons-react";
import { Link } from "react-router";

import { MiddleCut, WHOLE_CODE } from "../../components/MiddleCut";
import { ToneBadge } from "../../components/OutcomeBadge";
import { formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { numberOf, textOf } from "../../lib/values";
import type { RecordList } from "../records/list";
import { productOf, SUPPLIER_PRODUCT, supplierOf } from "./fields";

/** The number that stands for the supplier to order from first. */
const FIRST = 1;

/** Which supplier sells which product, and on what terms. */
export const SUPPLIER_PRODUCTS: RecordList = {
  area: "supplier_products",
  path: paths.supplierProducts,
  record: paths.supplierProduct,
  newRecord: paths.newSupplierProduct,
  icon: IconLink,
  searches: "supplier, SKU or the supplier's name for it",
  about:
    "Which supplier sells which product: their SKU and cost, packs, lead time, and whom to order from first. A price file of a supplier makes and updates them.",
  filters: [
    {
      type: "reference",
      field: SUPPLIER_PRODUCT.supplier,
      label: "Supplier",
      area: "suppliers",
    },
    {
      type: "choice",
      field: SUPPLIER_PRODUCT.preference,
      label: "Preference",
      choices: [
        { value: FIRST, label: "Preferred" },
        { value: null, label: "None" },
      ],
    },
    {
      type: "choice",
      field: SUPPLIER_PRODUCT.dropShip,
      label: "Drop-ship",
      choices: [
        { value: true, label: "Yes" },
        { value: false, label: "No" },
      ],
    },
  ],
  columns: {
    [SUPPLIER_PRODUCT.code]: { hidden: true, fixed: false },
    [SUPPLIER_PRODUCT.supplier]: { width: 110, least: 84, fixed: true },
    [SUPPLIER_PRODUCT.product]: { width: 150, least: 116, fixed: true },
    [SUPPLIER_PRODUCT.sku]: {
      width: 130,
      least: 96,
      render: ({ fields }) => <MiddleCut text={textOf(fields, SUPPLIER_PRODUCT.sku)} />,
      whole: ({ fields }) => textOf(fields, SUPPLIER_PRODUCT.sku).slice(0, WHOLE_CODE),
    },
    [SUPPLIER_PRODUCT.name]: { width: 200, least: 110, grow: true },
    [SUPPLIER_PRODUCT.minimum]: { hidden: true },
    [SUPPLIER_PRODUCT.preference]: {
      width: 110,
      render: ({ fields }) => <Preference rank={numberOf(fields, SUPPLIER_PRODUCT.preference)} />,
    },
  },
  facts: (record) => {
    const [supplier, product] = [supplierOf(record), productOf(record)];
    return (
      <>
        {supplier !== null && (
          <Link to={paths.supplier(supplier)}>
            {textOf(record.fields, SUPPLIER_PRODUCT.supplier)}
          </Link>
        )}
        {product !== null && (
          <Link to={paths.product(product)}>{textOf(record.fields, SUPPLIER_PRODUCT.product)}</Link>
        )}
      </>
    );
  },
};

/** Whom to order from first, and where the others stand after it. */
export function Preference({ rank }: { rank: number | null }) {
  if (rank === null) return null;
  if (rank === FIRST) return <ToneBadge tone="create" label="Preferred" />;
  return <span>{formatInteger(rank)}</span>;
}
