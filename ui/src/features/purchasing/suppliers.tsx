import { IconTruck } from "@tabler/icons-react";

import { ToneBadge } from "../../components/OutcomeBadge";
import { paths } from "../../lib/paths";
import { isYes } from "../../lib/values";
import { ActiveMark } from "../records/ActiveMark";
import type { RecordList } from "../records/list";
import { SUPPLIER } from "./fields";
import { PriceFileItem } from "./PriceFile";
import { SoldTab } from "./SoldTab";

const ACTIVE = [
  { value: true, label: "Active" },
  { value: false, label: "Inactive" },
];
const HIDDEN = { hidden: true };

/** Whom the shop buys from. */
export const SUPPLIERS: RecordList = {
  area: "suppliers",
  path: paths.suppliers,
  record: paths.supplier,
  newRecord: paths.newSupplier,
  icon: IconTruck,
  searches: "code, name, contact, e-mail or notes",
  about:
    "Whom you buy from, on what terms, and which products they sell. A price file of a supplier makes and updates what it sells.",
  filters: [{ type: "choice", field: SUPPLIER.active, label: "Status", choices: ACTIVE }],
  columns: {
    [SUPPLIER.code]: { width: 110, least: 84 },
    [SUPPLIER.name]: { width: 240, least: 140, grow: true },
    [SUPPLIER.active]: {
      label: "Status",
      render: ({ fields }) => <ActiveMark active={isYes(fields, SUPPLIER.active)} />,
    },
    "supplier.minimum_order": { width: 120, hidden: true },
    [SUPPLIER.currency]: { width: 84, least: 72 },
    "supplier.lead_time": { width: 100 },
    "supplier.email": { width: 190 },
    "supplier.phone": HIDDEN,
    "supplier.address": HIDDEN,
    "supplier.payment_terms": HIDDEN,
    "supplier.order_cutoff": HIDDEN,
    "supplier.orders_as": HIDDEN,
    "supplier.ship_to": HIDDEN,
    "supplier.notes": HIDDEN,
  },
  facts: ({ fields }) =>
    !isYes(fields, SUPPLIER.active) && <ToneBadge tone="unchanged" label="Inactive" />,
  Actions: PriceFileItem,
  tabs: [
    { key: "products", label: "Products", content: (supplier) => <SoldTab supplier={supplier} /> },
  ],
};
