import { useCallback, useMemo } from "react";

import type { ImportColumn, ImportDraft, ImportSettings } from "../../bindings";
import { isOneWord, MiddleCut } from "../../components/MiddleCut";
import { formatCount, formatInteger } from "../../lib/format";
import classes from "./DraftView.module.css";
import table from "./ImportTable.module.css";
import mapping from "./MappingTable.module.css";
import { leftOut, withColumn } from "./settings";
import { TargetSelect } from "./TargetSelect";
import { feedersOf, targetGroups, type TargetOptions, targetOptions } from "./targets";

interface MappingTableProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** What each column of the file feeds. */
export function MappingTable({ draft, settings, onChange }: MappingTableProps) {
  const out = leftOut(draft, settings);
  const imported = draft.columns.length - out.length;
  const groups = useMemo(() => targetGroups(draft.targets), [draft.targets]);
  const headers = useMemo(() => draft.columns.map(({ header }) => header), [draft.columns]);
  const feeders = useMemo(
    () => feedersOf(draft.targets, settings.columns),
    [draft.targets, settings.columns],
  );
  const change = useCallback(
    (column: number, target: string | null) => onChange(withColumn(settings, column, target)),
    [settings, onChange],
  );
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>
        Columns
        <span className={classes.aside} data-testid="import-mapped">
          {formatInteger(imported)} of {formatCount(draft.columns.length, "column")} imported
        </span>
      </h2>
      <div className={table.scroller}>
        <table className={`${table.table} ${mapping.mapping}`}>
          <thead>
            <tr>
              <th className={mapping.header}>Column of the file</th>
              <th>Values</th>
              <th className={mapping.target}>Field</th>
              <th className={mapping.note}>
                <span className="visually-hidden">Note</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...draft.columns.entries()].map(([index, column]) => (
              <MappingRow
                key={index}
                column={column}
                value={settings.columns[index] ?? null}
                options={targetOptions(groups, headers, feeders, index)}
                index={index}
                onChange={change}
              />
            ))}
          </tbody>
        </table>
      </div>
      {out.length > 0 && <p className={mapping.out}>Not imported: {out.join(", ")}</p>}
    </section>
  );
}

interface MappingRowProps {
  column: ImportColumn;
  value: string | null;
  options: readonly TargetOptions[];
  index: number;
  onChange: (column: number, target: string | null) => void;
}

function MappingRow(props: MappingRowProps) {
  const { column, value, options, index, onChange } = props;
  return (
    <tr>
      <td data-off={value === null || undefined}>
        <span className={`${table.cell} ${mapping.name}`} title={column.header}>
          {column.header}
        </span>
      </td>
      <td className={mapping.samples} title={column.samples.join("\n")}>
        <Samples samples={column.samples} />
      </td>
      <td>
        <TargetSelect
          label={`Field for ${column.header}`}
          testid={`mapping-${index}`}
          options={options}
          value={value}
          onChange={(target) => onChange(index, target)}
        />
      </td>
      <td className={mapping.noteText}>{noteOf(value, column)}</td>
    </tr>
  );
}

/** The first values, as many as there is room for: one that has none is left out whole. */
function Samples({ samples }: { samples: readonly string[] }) {
  if (samples.length === 0) return "empty";
  return (
    <span className={mapping.row}>
      {[...samples.entries()].map(([at, sample]) => (
        <span key={at} className={mapping.sample}>
          {at > 0 && <span className={mapping.dot}> · </span>}
          {isOneWord(sample) ? <MiddleCut text={sample} /> : <span>{sample}</span>}
        </span>
      ))}
    </span>
  );
}

/** Why a column is mapped as it is, in a word. */
function noteOf(value: string | null, column: ImportColumn): string {
  if (value === "sku") return "Matches products";
  if (value === null) return column.proposed === null ? "" : "Left out";
  return value === column.proposed ? "Matched by name" : "Chosen";
}
