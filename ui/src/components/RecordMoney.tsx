import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Field, Fields, Kind, KindInfo, RecordId, Value } from "../bindings";
import { useHost } from "../host/context";
import type { Host } from "../host/host";
import { areaOf } from "../host/records";
import { useKind } from "../host/state";
import { blankFields } from "../lib/kinds";
import { currentMoneyStyle, moneyStyle, UNSIGNED, type MoneyStyle } from "../lib/money";
import { textOf } from "../lib/values";
import { MoneyContext } from "./moneyContext";

interface RecordMoneyProps {
  kind: Kind;
  /** What the record holds, as far as it is known. */
  fields: Fields | undefined;
  children: ReactNode;
}

/**
 * Says to what stands in it in which currency a record's amounts are: the workspace's, or the one that its kind
 * says. They have no sign while that is not known.
 */
export function RecordMoney({ kind, fields, children }: RecordMoneyProps) {
  return <MoneyContext value={useRecordMoney(kind, fields)}>{children}</MoneyContext>;
}

/** How a record's amounts are written. */
function useRecordMoney(key: Kind, fields: Fields | undefined): MoneyStyle | null {
  const kind = useKind(key);
  const said = kind?.fields.find((field) => field.key === kind.currency);
  const naming = said?.reference ?? null;
  const named = useKind(naming ?? key);
  const value = said && fields ? textOf(fields, said.key) : "";
  const host = useHost();
  const { data } = useQuery({
    queryKey: [`${named?.area ?? key}.find`, value],
    queryFn: () => (named === undefined ? null : find(host, named, value)),
    enabled: naming !== null && value !== "",
  });
  if (kind === undefined || kind.currency === null) return null;
  if (said === undefined || fields === undefined) return UNSIGNED;
  if (naming === null) return styleOf(value);
  return data && named?.currency ? styleOf(textOf(data, named.currency)) : UNSIGNED;
}

/** No currency is written in other letters. */
const CURRENCY = /^[A-Z]{3}$/;

/** Formatters are dear to make, and a list writes the same currencies again and again. */
const STYLES = new Map<string, MoneyStyle>();

/** The workspace's way, unless another currency is said. */
function styleOf(currency: string): MoneyStyle {
  if (!CURRENCY.test(currency)) return currentMoneyStyle();
  const style = STYLES.get(currency) ?? moneyStyle(currency);
  STYLES.set(currency, style);
  return style;
}

interface ToldRecord {
  kind: Kind;
  /** Null where it is not there yet. */
  recordId: RecordId | null;
  /** What is said to change of it. */
  changes: readonly { field: Field; new: Value }[];
}

interface MoneyOfProps {
  record: ToldRecord;
  children: ReactNode;
}

/** The same for what is told of a record without its fields: an entry of the history, a line of a plan. */
export function MoneyOf({ record, children }: MoneyOfProps) {
  return (
    <RecordMoney kind={record.kind} fields={useToldFields(record)}>
      {children}
    </RecordMoney>
  );
}

/** What the record holds now, or will when it is there; undefined where that is not known or not needed. */
function useToldFields({ kind: key, recordId, changes }: ToldRecord): Fields | undefined {
  const host = useHost();
  const kind = useKind(key);
  const hasAmount = changes.some(({ field }) =>
    kind?.fields.some((info) => info.key === field && info.kind === "money"),
  );
  const { data } = useQuery({
    queryKey: [`${kind?.area ?? key}.get`, "fields", recordId],
    queryFn: () => (kind === undefined || recordId === null ? null : read(host, kind, recordId)),
    enabled: hasAmount && kind !== undefined && kind.currency !== null && recordId !== null,
  });
  if (kind === undefined || data) return data ?? undefined;
  const told = Object.fromEntries(changes.map((change) => [change.field, change.new]));
  if (recordId === null) return { ...blankFields(kind), ...told };
  return kind.currency !== null && Object.hasOwn(told, kind.currency) ? told : undefined;
}

async function read(host: Host, kind: KindInfo, id: RecordId): Promise<Fields> {
  const area = areaOf(kind);
  if (area === "products") return (await host.call("products.get", { id })).product.fields;
  return (await host.call(`${area}.get`, { id })).fields;
}

async function find(host: Host, kind: KindInfo, code: string): Promise<Fields | null> {
  const area = areaOf(kind);
  const [found] =
    area === "products"
      ? await host.call("products.find", { skus: [code] })
      : await host.call(`${area}.find`, { codes: [code] });
  return found?.fields ?? null;
}
