import { Button } from "@mantine/core";

import type { FieldInfo, Variant } from "../../../bindings";
import { cellName, type RefusedCell } from "../../../components/grid";
import { formatCount } from "../../../lib/format";
import { textOf } from "../../../lib/values";
import classes from "./Variants.module.css";

/** So many are named; the others are seen at their cells. */
const NAMED = 5;

interface RefusedCellsProps {
  refusals: ReadonlyMap<string, RefusedCell>;
  variants: readonly Variant[];
  fields: readonly FieldInfo[];
  onDrop: () => void;
}

/** What was typed and is not saved, and why. */
export function RefusedCells({ refusals, variants, fields, onDrop }: RefusedCellsProps) {
  const told = variants.flatMap((variant) =>
    fields.flatMap(({ key, label }) => {
      const message = refusals.get(cellName(variant.id, key))?.message;
      const sku = textOf(variant.fields, "sku");
      return message === undefined ? [] : [`${sku}, ${label}: ${message}`];
    }),
  );
  if (told.length === 0) return null;
  return (
    <div className={classes.refused} role="alert" data-testid="refused-cells">
      <ul>
        {told.slice(0, NAMED).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {told.length > NAMED && <div>{formatCount(told.length - NAMED, "more value")}.</div>}
      <Button size="compact-xs" variant="subtle" onClick={onDrop}>
        Drop what is not saved
      </Button>
    </div>
  );
}
