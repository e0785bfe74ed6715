import { useCallback, useMemo, useState } from "react";

import type { Field, FieldInfo, PlannedVariant } from "../../../bindings";
import {
  cellName,
  EditableCell,
  EditableGrid,
  useGridLayout,
  type GridColumn,
  type GridSelection,
  type RefusedCell,
  type TypedCell,
} from "../../../components/grid";
import { WHOLE_CODE } from "../../../components/MiddleCut";
import { useMoneyStyle } from "../../../components/moneyContext";
import { useKind } from "../../../host/state";
import { type MoneyStyle, withoutSign } from "../../../lib/money";
import { formatValue, isNumeric, textOf, valueIn } from "../../../lib/values";
import { fromInput, toInput } from "../../records/form/state";
import { keyOf, type Wanted } from "./useVariantPlan";
import classes from "./Variants.module.css";

type Column = GridColumn<PlannedVariant>;

/** What can be typed into a combination. */
const FIELDS: readonly Field[] = ["sku", "stock", "store_price", "barcode", "rrp", "cost", "name"];
const NO_FIELDS: never[] = [];

interface PlannedGridProps {
  rows: readonly PlannedVariant[];
  wanted: Wanted;
  onChange: (part: Partial<Wanted>) => void;
}

/** Every combination: ticked where it is made, and what it gets. */
export function PlannedGrid({ rows, wanted, onChange }: PlannedGridProps) {
  const fields = useKind("product")?.fields ?? NO_FIELDS;
  const money = useMoneyStyle();
  const columns = useMemo(() => plannedColumns(fields, money), [fields, money]);
  const layout = useGridLayout("planned-variants", columns);
  const typing = usePlannedCells(fields, wanted, onChange);
  const selection = useTicks(rows, wanted, onChange);
  return (
    <EditableGrid
      label="Variants to create"
      layout={layout}
      rows={rows}
      rowKey={keyOf}
      rowLabel={(row) => row.values.join(" / ")}
      rowHeight={30}
      listKey="planned"
      empty={null}
      selection={selection}
      {...typing}
    />
  );
}

function plannedColumns(fields: readonly FieldInfo[], money: MoneyStyle): Column[] {
  const own = FIELDS.flatMap((key) => fields.find((info) => info.key === key) ?? []);
  const combination: Column = {
    key: "combination",
    label: "Combination",
    width: 150,
    least: 110,
    render: ({ values, outcome }) => (
      <span className={outcome === "skipped" ? classes.quiet : undefined}>
        {values.join(" / ")}
        {outcome === "unchanged" && <span className={classes.quiet}> there already</span>}
      </span>
    ),
    fits: ({ values, outcome }) =>
      values.join(" / ") + (outcome === "unchanged" ? " there already" : ""),
    most: 240,
    text: ({ values }) => values.join(" / "),
  };
  return [combination, ...own.map((info) => fieldColumn(info, money))];
}

function fieldColumn({ key, label, kind, choices }: FieldInfo, money: MoneyStyle): Column {
  const shown = (row: PlannedVariant) =>
    formatValue(valueIn(row.fields, key), kind, choices, money);
  const align = isNumeric(kind) ? "end" : "start";
  return {
    key,
    label,
    width: key === "sku" || key === "name" ? 170 : 96,
    least: isNumeric(kind) ? 76 : 90,
    align,
    ...(key === "sku" || isNumeric(kind)
      ? { whole: (row: PlannedVariant) => shown(row).slice(0, WHOLE_CODE) }
      : { fits: (row: PlannedVariant) => shown(row).slice(0, 40), most: 260 }),
    render: (row) => (
      <EditableCell rowKey={keyOf(row)} column={key} label={label} align={align}>
        <span className={row.outcome === "create" ? undefined : classes.quiet}>{shown(row)}</span>
      </EditableCell>
    ),
    text: shown,
  };
}

/** What is typed into combinations: a value for one of them, or what it is not taken for. */
function usePlannedCells(
  fields: readonly FieldInfo[],
  { edits }: Wanted,
  onChange: PlannedGridProps["onChange"],
) {
  const [unread, setUnread] = useState<ReadonlyMap<string, RefusedCell>>(new Map());
  const infoOf = useCallback(
    (column: string) => fields.find(({ key }) => key === column && FIELDS.includes(key)),
    [fields],
  );
  const inputOf = useCallback(
    (row: PlannedVariant, column: string) => {
      const info = infoOf(column);
      if (info === undefined || row.outcome === "unchanged") return null;
      return String(toInput(valueIn(row.fields, column), info));
    },
    [infoOf],
  );
  const refusedAt = useCallback(
    (row: PlannedVariant, column: string): RefusedCell | undefined => {
      const typed = unread.get(cellName(keyOf(row), column));
      const problem = row.problems.find(({ field }) => field === column);
      if (typed !== undefined || problem === undefined) return typed;
      const text = inputOf(row, column) ?? textOf(row.fields, column);
      return { text: text === "" ? "–" : text, message: problem.message };
    },
    [unread, inputOf],
  );
  const onTyped = (cells: TypedCell<PlannedVariant>[]) => {
    const nextEdits = new Map(edits);
    const nextUnread = new Map(unread);
    for (const { row, column, text } of cells) {
      const info = infoOf(column);
      if (info === undefined) continue;
      const key = keyOf(row);
      const parsed = fromInput(info.kind === "money" ? withoutSign(text) : text, info);
      if (!parsed.ok) {
        nextUnread.set(cellName(key, column), { text, message: parsed.message });
        continue;
      }
      nextUnread.delete(cellName(key, column));
      const before = nextEdits.get(key)?.fields ?? {};
      nextEdits.set(key, { values: row.values, fields: { ...before, [column]: parsed.value } });
    }
    setUnread(nextUnread);
    onChange({ edits: nextEdits });
  };
  const onDrop = (row: PlannedVariant, column: string) => {
    const key = keyOf(row);
    setUnread((old) => new Map([...old].filter(([name]) => name !== cellName(key, column))));
    const kept = Object.entries(edits.get(key)?.fields ?? {}).filter(([field]) => field !== column);
    const edit = { values: row.values, fields: Object.fromEntries(kept) };
    onChange({ edits: new Map(edits).set(key, edit) });
  };
  return { inputOf, refusedAt, onTyped, onDrop };
}

/** The ticks: what is not ticked is left out. */
function useTicks(
  rows: readonly PlannedVariant[],
  { except }: Wanted,
  onChange: PlannedGridProps["onChange"],
): GridSelection {
  return useMemo(() => {
    const open = rows.filter(({ outcome }) => outcome !== "unchanged");
    const selected = new Set(open.filter(({ outcome }) => outcome !== "skipped").map(keyOf));
    const leaveOut = (isOut: (key: string) => boolean) =>
      onChange({
        except: new Map(
          open.filter((row) => isOut(keyOf(row))).map((row) => [keyOf(row), row.values]),
        ),
      });
    return {
      selected,
      every: null,
      except: new Set<string>(),
      set: (keys) => leaveOut((key) => !keys.has(key)),
      toggle: (toggled) => leaveOut((key) => except.has(key) !== (key === toggled)),
      add: (keys) => {
        const added = new Set(keys);
        leaveOut((key) => except.has(key) && !added.has(key));
      },
      selectEvery: () => leaveOut(() => false),
      clear: () => leaveOut(() => true),
    };
  }, [rows, except, onChange]);
}
