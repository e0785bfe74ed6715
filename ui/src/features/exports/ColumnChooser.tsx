import { Button, Checkbox } from "@mantine/core";

import type { FieldInfo } from "../../bindings";
import { formatInteger } from "../../lib/format";
import classes from "./ExportDialog.module.css";
import { ALWAYS } from "./exportColumns";

interface ColumnChooserProps {
  fields: readonly FieldInfo[];
  leftOut: ReadonlySet<string>;
  onChange: (leftOut: ReadonlySet<string>) => void;
}

/** Chooses the columns of a file; the SKU is always one of them. */
export function ColumnChooser({ fields, leftOut, onChange }: ColumnChooserProps) {
  const chosen = fields.filter(({ key }) => key === ALWAYS || !leftOut.has(key)).length;
  const toggle = (key: string) => {
    const next = new Set(leftOut);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  return (
    <fieldset className={classes.columns}>
      <legend className={classes.legend}>
        Columns
        <span className={classes.count} data-testid="export-column-count">
          {formatInteger(chosen)} of {formatInteger(fields.length)}
        </span>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(new Set())}>
          All
        </Button>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => onChange(new Set(fields.map(({ key }) => key)))}
        >
          Only SKU
        </Button>
      </legend>
      <div className={classes.boxes}>
        {fields.map(({ key, label }) => (
          <Checkbox
            key={key}
            label={label}
            checked={key === ALWAYS || !leftOut.has(key)}
            disabled={key === ALWAYS}
            onChange={() => toggle(key)}
            data-testid={`export-column-${key}`}
          />
        ))}
      </div>
    </fieldset>
  );
}
