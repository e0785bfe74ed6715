import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";

import type { BatchId, FieldInfo, RecordId, UpdateRecord, Value, Variant } from "../../../bindings";
import { cellName, type RefusedCell, type TypedCell } from "../../../components/grid";
import { showErrorToast, showToast } from "../../../components/toast";
import { useHost } from "../../../host/context";
import { useUndoAction } from "../../../host/undo";
import { formatCount } from "../../../lib/format";
import { withoutSign } from "../../../lib/money";
import { commandQuery } from "../../../lib/query";
import { formatValue, isEmptyValue, sameValue, textOf, valueIn } from "../../../lib/values";
import { fromInput } from "../../records/form/state";

/** A cell whose value was not taken, or is being saved. */
type Refusals = ReadonlyMap<string, RefusedCell>;

interface SavedCells {
  refusals: Refusals;
  save: (cells: readonly TypedCell<Variant>[]) => void;
  drop: (row: Variant, column: string) => void;
  dropAll: () => void;
}

/**
 * Saves cells of the variants of a product: what is typed or pasted at once is one batch, one after the other, so that
 * nothing typed is lost. What cannot be taken stays in its cell, with the reason.
 */
export function useSaveCells(parent: RecordId, fields: readonly FieldInfo[]): SavedCells {
  const host = useHost();
  const client = useQueryClient();
  const undoOf = useUndoAction();
  const [refusals, setRefusals] = useState<Refusals>(new Map());
  const queue = useRef(Promise.resolve());
  const own = useRef(new Map<string, Value>());

  const note = useCallback((cells: ReadonlyMap<string, RefusedCell | null>) => {
    setRefusals((old) => {
      const next = new Map(old);
      for (const [name, refused] of cells) {
        if (refused === null) next.delete(name);
        else next.set(name, refused);
      }
      return next;
    });
  }, []);

  const write = useCallback(
    async (cells: readonly TypedCell<Variant>[]) => {
      const list = await client.fetchQuery(commandQuery(host, "products.variants", { id: parent }));
      const current = new Map(list.variants.map((variant) => [variant.id, variant]));
      const settled = new Map<string, RefusedCell | null>();
      const records = new Map<RecordId, UpdateRecord>();
      for (const { row, column, text } of cells) {
        const name = cellName(row.id, column);
        const info = fields.find(({ key }) => key === column);
        const variant = current.get(row.id);
        if (info === undefined || variant === undefined) {
          settled.set(name, { text, message: "The variant is not there any more." });
          continue;
        }
        const parsed = fromInput(info.kind === "money" ? withoutSign(text) : text, info);
        const old = valueIn(variant.fields, column);
        settled.set(name, parsed.ok ? null : { text, message: parsed.message });
        if (!parsed.ok || sameValue(old, parsed.value)) continue;
        const isSeen = [valueIn(row.fields, column), own.current.get(name)].some(
          (known) => known !== undefined && sameValue(old, known),
        );
        if (!isSeen) {
          settled.set(name, { text, message: overtakenBy(old, info) });
          continue;
        }
        own.current.set(name, parsed.value);
        const { id, version } = variant;
        const record = records.get(id) ?? { id, version, changes: [] };
        record.changes.push({ field: column, old, new: parsed.value });
        records.set(id, record);
      }
      if (records.size > 0) {
        const request = { records: [...records.values()] };
        const { changed, refused, batchId } = await host.call("products.update_many", request);
        for (const { id, problems } of refused) {
          for (const { field, message } of problems) {
            const name = cellName(id, field);
            const typed = cells.find(({ row, column }) => cellName(row.id, column) === name);
            settled.set(name, { text: typed?.text ?? "", message });
          }
        }
        await client.invalidateQueries({ queryKey: ["products.variants", { id: parent }] });
        tell(changed, list.variants, [...records.keys()], undoOf(batchId), batchId);
      }
      note(settled);
    },
    [client, host, parent, fields, note, undoOf],
  );

  const save = useCallback(
    (cells: readonly TypedCell<Variant>[]) => {
      const names = cells.map(({ row, column, text }) => [cellName(row.id, column), text] as const);
      note(new Map(names.map(([name, text]) => [name, { text }])));
      queue.current = queue.current.then(() =>
        write(cells).catch((error: unknown) => {
          const message = "It could not be saved. Type it again.";
          note(new Map(names.map(([name, text]) => [name, { text, message }])));
          showErrorToast(error);
        }),
      );
    },
    [note, write],
  );
  const drop = useCallback(
    (row: Variant, column: string) => note(new Map([[cellName(row.id, column), null]])),
    [note],
  );
  const dropAll = useCallback(() => setRefusals(new Map()), []);
  return { refusals, save, drop, dropAll };
}

/** Why a value is not written over what another person saved while the cell was typed into. */
function overtakenBy(now: Value, { kind, choices }: FieldInfo): string {
  const became = isEmptyValue(now) ? "empty" : formatValue(now, kind, choices);
  return `It became ${became} meanwhile. Enter it again to replace that.`;
}

function tell(
  changed: number,
  variants: readonly Variant[],
  ids: readonly RecordId[],
  undo: ReturnType<ReturnType<typeof useUndoAction>>,
  batchId: BatchId | null,
) {
  if (batchId === null) return;
  const [first] = ids;
  const only = changed === 1 && ids.length === 1;
  const name = variants.find(({ id }) => id === first);
  const what = only && name ? textOf(name.fields, "sku") : formatCount(changed, "variant");
  showToast(`${what} saved.`, undo);
}
