import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { BatchFacts } from "../../components/BatchFacts";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { formatAgo, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useIsNarrow } from "../../lib/useIsNarrow";
import { BatchActions } from "../batches/BatchActions";
import { BatchStateBadge } from "../batches/BatchStateBadge";
import classes from "./HomePage.module.css";

/** What was done last, by whom, with Undo. */
export function RecentBatches() {
  const mayUndo = useMay("import");
  const look = useIsNarrow() ? "icon" : "row";
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
              <Table.Th className={classes.who ?? ""}>Who</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th>
                <span className="visually-hidden">What can be done</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.rows.map((batch) => (
              <Table.Tr key={batch.id}>
                <Table.Td className={classes.what ?? ""}>
                  <Link to={paths.batch(batch.id)} className={classes.link}>
                    {batch.title}
                  </Link>{" "}
                  {(batch.state !== "done" || batch.undoneBy !== null) && (
                    <BatchStateBadge batch={batch} />
                  )}
                </Table.Td>
                <Table.Td>
                  <BatchFacts batch={batch} />
                </Table.Td>
                <Table.Td className={`${classes.short} ${classes.who}`}>
                  {batch.person || "Backstock"}
                </Table.Td>
                <Table.Td className={classes.short} title={formatMoment(batch.startedAt)}>
                  {formatAgo(batch.startedAt)}
                </Table.Td>
                <Table.Td ta="right">
                  {mayUndo && <BatchActions batch={batch} look={look} />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
