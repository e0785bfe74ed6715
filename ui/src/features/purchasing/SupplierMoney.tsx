import { useQuery } from "@tanstack/react-query";

import type { DataRecord, RecordId } from "../../bindings";
import { useHost } from "../../host/context";
import { currentMoneyStyle, formatMoney, moneyStyle, type MoneyStyle } from "../../lib/money";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { SUPPLIER } from "./fields";

/** How amounts in a supplier's currency are written: the workspace's, unless it has one of its own. */
export function styleOf(supplier: DataRecord | undefined): MoneyStyle {
  const currency = supplier === undefined ? "" : textOf(supplier.fields, SUPPLIER.currency);
  return currency === "" ? currentMoneyStyle() : moneyStyle(currency);
}

/** An amount in the currency of a supplier; nothing while the currency is not known. */
export function SupplierMoney({ supplier, units }: { supplier: RecordId; units: number }) {
  const { data } = useQuery(commandQuery(useHost(), "suppliers.get", { id: supplier }));
  return <span>{data && formatMoney(units, styleOf(data))}</span>;
}
