import { Button, ScrollArea } from "@mantine/core";
import { useState } from "react";

import type { ImportDraft, ImportSettings } from "../../bindings";
import { isOneWord, WHOLE_CODE } from "../../components/MiddleCut";
import { formatCount } from "../../lib/format";
import classes from "./DraftView.module.css";
import table from "./ImportTable.module.css";

/** As many rows as show whether a file is understood. */
const SHOWN = 5;

/** Codes and amounts are never cut: text gives them its room. */
const isWhole = (cell: string) => isOneWord(cell) && cell.length <= WHOLE_CODE;

/** The first rows of the file, cell by cell; columns that are left out are dimmed. */
export function Preview({ draft, settings }: { draft: ImportDraft; settings: ImportSettings }) {
  const [all, setAll] = useState(false);
  const rows = all ? draft.preview : draft.preview.slice(0, SHOWN);
  const columns = [...draft.columns.entries()];
  return (
    <section className={classes.section} aria-label="First rows">
      <h2 className={classes.heading}>
        First rows
        <span className={classes.aside}>as they stand in the file</span>
      </h2>
      <ScrollArea
        className={table.scroller}
        type="auto"
        scrollbars="x"
        offsetScrollbars="present"
        viewportProps={{ tabIndex: 0 }}
      >
        <table className={table.table} data-testid="import-preview">
          <thead>
            <tr>
              {columns.map(([at, column]) => (
                <th key={at} data-off={settings.columns[at] === null || undefined}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows.entries()].map(([line, cells]) => (
              <tr key={line}>
                {columns.map(([at]) => (
                  <td key={at} data-off={settings.columns[at] === null || undefined}>
                    <span
                      className={table.cell}
                      data-whole={isWhole(cells[at] ?? "") || undefined}
                      title={cells[at]}
                    >
                      {cells[at]}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {draft.preview.length > SHOWN && (
        <div>
          <Button variant="subtle" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show ${formatCount(draft.preview.length, "row")}`}
          </Button>
        </div>
      )}
    </section>
  );
}
