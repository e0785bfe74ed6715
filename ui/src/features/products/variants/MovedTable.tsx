import { TextInput } from "@mantine/core";

import type { RecordId } from "../../../bindings";
import classes from "./Variants.module.css";

interface MovedTableProps {
  rows: readonly { id: RecordId; sku: string }[];
  /** The options that each of them needs. */
  names: readonly string[];
  /** Why some of them cannot be moved. */
  refused: Readonly<Record<string, string | undefined>>;
  valueOf: (id: RecordId, name: string) => string;
  onChange: (id: RecordId, name: string, value: string) => void;
}

/** The options of products that are moved together, to be typed. */
export function MovedTable({ rows, names, refused, valueOf, onChange }: MovedTableProps) {
  return (
    <div className={classes.moved}>
      <table>
        <thead>
          <tr>
            <th scope="col">SKU</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, sku }) => (
            <tr key={id}>
              <th scope="row">
                {sku}
                {refused[id] && (
                  <p className={classes.refused} role="alert">
                    {refused[id]}
                  </p>
                )}
              </th>
              {names.map((name) => (
                <td key={name}>
                  <TextInput
                    aria-label={`${name} of ${sku}`}
                    value={valueOf(id, name)}
                    onChange={(event) => onChange(id, name, event.currentTarget.value)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
