import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { HistoryEntry, RecordId } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { ChangeList, whoOf } from "../../components/history";
import { OperationBadge } from "../../components/OperationBadge";
import { useHost } from "../../host/context";
import type { RecordArea } from "../../host/records";
import { formatAgo, formatMoment } from "../../lib/format";
import { originText } from "../../lib/origins";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useSeenArea } from "./areas";
import classes from "./Panel.module.css";

interface HistoryTabProps {
  area: RecordArea;
  id: RecordId;
}

/** What happened to a record, the latest first. */
export function HistoryTab({ area, id }: HistoryTabProps) {
  const { kind } = useSeenArea(area);
  const { data, error, refetch } = useQuery(commandQuery(useHost(), `${area}.history`, { id }));
  if (error) {
    return (
      <ErrorState
        error={error}
        title="The history could not be read"
        onRetry={() => void refetch()}
      />
    );
  }
  if (data?.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={22} />} title="Nothing happened yet">
        Every change of this {kind.label} will be listed here, with who made it and what it was
        before.
      </EmptyState>
    );
  }
  return (
    <ol className={classes.history} data-testid="history">
      {data?.map((entry) => (
        <Entry key={entry.number} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <strong>{whoOf(entry)}</strong>
        <OperationBadge operation={entry.operation} />
        <span>{originText(entry)}</span>
        <Link to={paths.batch(entry.batchId)} title={formatMoment(entry.at)}>
          {formatAgo(entry.at)}
        </Link>
      </div>
      <ChangeList entry={entry} />
    </li>
  );
}
