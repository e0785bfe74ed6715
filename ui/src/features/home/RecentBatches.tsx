import { Button, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { BatchFacts } from "../../components/BatchFacts";
import { ToneBadge } from "../../components/OutcomeBadge";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { useUndoBatch } from "../../host/undo";
import { formatAgo, formatMoment } from "../../lib/format";
import { canUndo, undoWord } from "../../lib/origins";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { BatchStateBadge } from "../batches/BatchStateBadge";
import classes from "./HomePage.module.css";

/** What was done last, by whom, with Undo. */
export function RecentBatches() {
  const mayUndo = useMay("import");
  const undo = useUndoBatch();
  const { data } = useQuery(commandQuery(useHost(), "batches.list", { offset: 0, limit: 8 }));
  return (
    <section className={classes.recent}>
      <h2 className={classes.sectionTitle}>Recent changes</h2>
      {data?.rows.length === 0 ? (
        <p className={classes.nothing}>
          Nothing was changed yet. Every import, saved form and undo is listed here.
        </p>
      ) : (
        <Table verticalSpacing={6} data-testid="recent-batches">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>Result</Table.Th>
              <Table.Th>Who</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th>
                <span className="visually-hidden">Undo</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.rows.map((batch) => (
              <Table.Tr key={batch.id}>
                <Table.Td>
                  <Link to={paths.batch(batch.id)} className={classes.link}>
                    {batch.title}
                  </Link>{" "}
                  {batch.state !== "done" && <BatchStateBadge batch={batch} />}
                </Table.Td>
                <Table.Td>
                  <BatchFacts batch={batch} />
                </Table.Td>
                <Table.Td className={classes.short}>{batch.person || "Backstock"}</Table.Td>
                <Table.Td className={classes.short} title={formatMoment(batch.startedAt)}>
                  {formatAgo(batch.startedAt)}
                </Table.Td>
                <Table.Td ta="right">
                  {mayUndo && canUndo(batch) && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`${undoWord(batch)}: ${batch.title}`}
                      onClick={() => void undo(batch.id)}
                    >
                      {undoWord(batch)}
                    </Button>
                  )}
                  {batch.undoneBy !== null && <ToneBadge tone="unchanged" label="Undone" />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
