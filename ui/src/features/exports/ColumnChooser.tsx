import { Button, Checkbox } from "@mantine/core";

import type { Field } from "../../bindings";
import { formatInteger } from "../../lib/format";
import classes from "./ExportDialog.module.css";
import type { ExportColumns } from "./exportColumns";

interface ColumnChooserProps {
  columns: ExportColumns;
  leftOut: ReadonlySet<Field>;
  onChange: (leftOut: ReadonlySet<Field>) => void;
}

/** Chooses the columns of a file; what identifies a record is always among them. */
export function ColumnChooser({ columns, leftOut, onChange }: ColumnChooserProps) {
  const { fields, always } = columns;
  const chosen = fields.filter(({ key }) => always.has(key) || !leftOut.has(key)).length;
  const needed = fields.filter(({ key }) => always.has(key)).map(({ label }) => label);
  const toggle = (key: Field) => {
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
          Only {needed.join(" and ")}
        </Button>
      </legend>
      <div className={classes.boxes}>
        {fields.map(({ key, label }) => (
          <Checkbox
            key={key}
            label={label}
            checked={always.has(key) || !leftOut.has(key)}
            disabled={always.has(key)}
            onChange={() => toggle(key)}
            data-testid={`export-column-${key}`}
          />
        ))}
      </div>
    </fieldset>
  );
}
