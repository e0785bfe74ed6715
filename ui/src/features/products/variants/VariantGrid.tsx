import { useCallback, useEffect, useMemo, useRef, type PointerEvent, type ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";

import type { RecordId, Variant, VariantList } from "../../../bindings";
import { cellName, ColumnsMenu, EditableGrid, useGridLayout } from "../../../components/grid";
import { useMoneyStyle } from "../../../components/moneyContext";
import { useKind } from "../../../host/state";
import { paths } from "../../../lib/paths";
import { textOf, valueIn } from "../../../lib/values";
import { toInput } from "../../records/form/state";
import { FamilyFacts } from "./FamilyFacts";
import { RefusedCells } from "./RefusedCells";
import { useOrder } from "./useOrder";
import { useSaveCells } from "./useSaveCells";
import { variantColumns } from "./variantColumns";
import classes from "./Variants.module.css";

const NO_FIELDS: never[] = [];

interface VariantGridProps {
  parent: RecordId;
  list: VariantList;
  isReadOnly: boolean;
  /** What can be done with the family as a whole. */
  actions: ReactNode;
}

/** The table of variants. */
export function VariantGrid({ parent, list, isReadOnly, actions }: VariantGridProps) {
  const fields = useKind("product")?.fields ?? NO_FIELDS;
  const money = useMoneyStyle();
  const { search } = useLocation();
  const navigate = useNavigate();
  const { ordered, move } = useOrder(parent, list.variants);
  const { refusals, save, drop, dropAll } = useSaveCells(parent, fields);
  const onGrip = useGrip(ordered, move);
  const columns = useMemo(
    () =>
      variantColumns({
        fields,
        options: list.options,
        money,
        search,
        onGrip: isReadOnly ? null : onGrip,
      }),
    [fields, list.options, money, search, isReadOnly, onGrip],
  );
  const layout = useGridLayout("variants", columns);
  const inputOf = useCallback(
    (row: Variant, column: string) => {
      const info = fields.find(({ key }) => key === column);
      if (isReadOnly || info === undefined) return null;
      return String(toInput(valueIn(row.fields, column), info));
    },
    [fields, isReadOnly],
  );
  const refusedAt = useCallback(
    (row: Variant, column: string) => refusals.get(cellName(row.id, column)),
    [refusals],
  );
  const onMoveRow = (from: number, step: number) => {
    const isInside = from + step >= 0 && from + step < ordered.length;
    if (isReadOnly || !isInside) return false;
    move(from, from + step);
    return true;
  };
  return (
    <>
      <div className={classes.bar}>
        <FamilyFacts variants={list.variants} />
        {actions}
        <ColumnsMenu layout={layout} />
      </div>
      <EditableGrid
        label="Variants"
        layout={layout}
        rows={ordered}
        rowKey={(row) => row.id}
        rowLabel={(row) => textOf(row.fields, "sku")}
        listKey={parent}
        empty={null}
        inputOf={inputOf}
        refusedAt={refusedAt}
        onTyped={save}
        onDrop={drop}
        onMoveRow={onMoveRow}
        onGoTo={({ id }) => void navigate({ pathname: paths.product(id), search })}
      />
      <RefusedCells refusals={refusals} variants={ordered} fields={fields} onDrop={dropAll} />
    </>
  );
}

/** Reorders as a row is dragged by its grip: the rows give way while it moves. */
function useGrip(ordered: readonly Variant[], move: (from: number, to: number) => void) {
  const latest = useRef({ ordered, move });
  useEffect(() => {
    latest.current = { ordered, move };
  });
  return useCallback((event: PointerEvent<HTMLElement>, id: RecordId) => {
    event.preventDefault();
    event.stopPropagation();
    const grid = event.currentTarget.closest("[role=grid]");
    const onMove = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const under = document.elementFromPoint(clientX, clientY)?.closest("[data-row]");
      if (!under || !grid?.contains(under)) return;
      const { ordered: now, move: to } = latest.current;
      const from = now.findIndex((each) => each.id === id);
      const target = Number(under.getAttribute("data-row"));
      if (from >= 0 && target !== from) to(from, target);
    };
    const stop = () => {
      document.removeEventListener("pointermove", onMove);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
    };
    document.addEventListener("pointermove", onMove);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  }, []);
}
