import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Fields, RecordId } from "../../bindings";
import { MoneyContext } from "../../components/moneyContext";
import { useHost } from "../../host/context";
import { currentMoneyStyle, formatMoney, moneyStyle, type MoneyStyle } from "../../lib/money";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { SUPPLIER, SUPPLIER_PRODUCT } from "./fields";

/** No currency is written in other letters. */
const CURRENCY = /^[A-Z]{3}$/;

/** How amounts of a supplier are written: the workspace's way, unless it has a currency of its own. */
export function styleOf(supplier: Fields): MoneyStyle {
  const currency = textOf(supplier, SUPPLIER.currency);
  return CURRENCY.test(currency) ? moneyStyle(currency) : currentMoneyStyle();
}

/** An amount in the currency of a supplier; nothing while the currency is not known. */
export function SupplierMoney({ supplier, units }: { supplier: RecordId; units: number }) {
  const { data } = useQuery(commandQuery(useHost(), "suppliers.get", { id: supplier }));
  return <span>{data && formatMoney(units, styleOf(data.fields))}</span>;
}

interface MoneyFrameProps {
  fields: Fields;
  children: ReactNode;
}

/** The form of a supplier, in whose currency its amounts are. */
export function MoneyOfSupplier({ fields, children }: MoneyFrameProps) {
  return <MoneyContext value={styleOf(fields)}>{children}</MoneyContext>;
}

const NO_SIGN = moneyStyle("");

/** The form of a supplier product: its cost is in the supplier's currency, once that is known. */
export function MoneyOfSeller({ fields, children }: MoneyFrameProps) {
  const code = textOf(fields, SUPPLIER_PRODUCT.supplier);
  const { data } = useQuery({
    ...commandQuery(useHost(), "suppliers.find", { codes: [code] }),
    enabled: code !== "",
  });
  const [seller] = data ?? [];
  return (
    <MoneyContext value={seller === undefined ? NO_SIGN : styleOf(seller.fields)}>
      {children}
    </MoneyContext>
  );
}
