import { ActionIcon, Anchor, ScrollArea, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { PlannedRecord, PlanSummary, Problem } from "../../bindings";
import { ErrorState } from "../../components/ErrorState";
import { OutcomeBadge } from "../../components/OutcomeBadge";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { formatCount, formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { ChangedValue } from "./ChangedValue";
import classes from "./RecordPanel.module.css";
import { badgeLabel } from "./recordText";

interface RecordPanelProps {
  plan: PlanSummary;
  number: number;
  onClose: () => void;
}

/** One record of a plan in full, beside the grid. */
export function RecordPanel({ plan, number, onClose }: RecordPanelProps) {
  useShortcuts({ escape: onClose });
  const request = { id: plan.id, outcome: null, search: null, offset: number - 1, limit: 1 };
  const query = useQuery({
    ...commandQuery(useHost(), "plans.rows", request),
    placeholderData: (before) => before,
  });
  const record = query.data?.rows[0];
  return (
    <aside className={classes.panel} aria-label="Record" data-testid="plan-record">
      <header className={classes.head}>
        <h2 className={classes.title}>{record?.sku || "Record"}</h2>
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close" onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      <ScrollArea className={classes.scroller} viewportProps={{ tabIndex: 0 }}>
        <div className={classes.body}>
          {query.error && <ErrorState error={query.error} title="The record could not be read" />}
          {record && <RecordDetails plan={plan} record={record} />}
        </div>
      </ScrollArea>
    </aside>
  );
}

function RecordDetails({ plan, record }: { plan: PlanSummary; record: PlannedRecord }) {
  const label = badgeLabel(record, plan.origin);
  const isThere = record.productId !== null && record.expectedVersion > 0;
  return (
    <>
      <p className={classes.facts}>
        <OutcomeBadge outcome={record.outcome} {...(label === undefined ? {} : { label })} />
        {record.line !== null && <span>Line {formatInteger(record.line)}</span>}
        {isThere && record.productId !== null && (
          <Anchor component={Link} to={paths.product(record.productId)}>
            Open the product
          </Anchor>
        )}
      </p>
      {record.name !== "" && <p className={classes.name}>{record.name}</p>}
      {record.implied && (
        <p className={classes.note}>No row of the file stands for it: it was derived.</p>
      )}
      {record.problems.map((problem) => (
        <ProblemBox key={`${problem.column} ${problem.message}`} problem={problem} />
      ))}
      {record.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <Changes plan={plan} record={record} />
    </>
  );
}

function ProblemBox({ problem }: { problem: Problem }) {
  return (
    <section className={classes.problem} data-testid="plan-problem">
      <p className={classes.message}>{problem.message}</p>
      {problem.hint !== null && <p>{problem.hint}</p>}
      {problem.column !== "" && (
        <dl className={classes.where}>
          <dt>Column</dt>
          <dd>{problem.column}</dd>
          <dt>Value</dt>
          <dd>{problem.value === "" ? <em>empty</em> : problem.value}</dd>
        </dl>
      )}
    </section>
  );
}

function Changes({ plan, record }: { plan: PlanSummary; record: PlannedRecord }) {
  const { byKey } = useFields();
  if (record.changes.length === 0) {
    return record.problems.length + record.notes.length > 0 ? null : (
      <p className={classes.note}>No field changes.</p>
    );
  }
  return (
    <section>
      <h3 className={classes.heading}>
        {record.outcome === "create"
          ? formatCount(record.changes.length, "field")
          : formatCount(record.changes.length, "changed field")}
      </h3>
      <dl className={classes.changes}>
        {record.changes.map((change) => {
          const field = byKey.get(change.field);
          return (
            <div key={change.field} className={classes.change}>
              <dt>{field?.label ?? change.field}</dt>
              <dd>
                <ChangedValue
                  change={change}
                  kind={field?.kind ?? "text"}
                  outcome={record.outcome}
                  origin={plan.origin}
                />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
