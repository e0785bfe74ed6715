import { Anchor, ScrollArea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type {
  FieldConflict,
  FieldInfo,
  PlannedRecord,
  PlanSummary,
  Problem,
  Resolution,
} from "../../bindings";
import { Definition, Definitions } from "../../components/Definitions";
import { OutcomeBadge } from "../../components/OutcomeBadge";
import { Panel } from "../../components/Panel";
import { MoneyOf } from "../../components/RecordMoney";
import { useHost } from "../../host/context";
import { useFields, useKinds } from "../../host/state";
import { formatCount, formatInteger } from "../../lib/format";
import { kindName } from "../../lib/kinds";
import { recordPath } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { ChangedValue } from "./ChangedValue";
import { useValueWord } from "./ConflictValue";
import { DecisionButtons } from "./DecisionButtons";
import { canBeResolved, pressed, sideHeadings, whoChanged } from "./decisions";
import { Direction } from "./Direction";
import classes from "./RecordPanel.module.css";
import { badgeLabel, calledOf, toldOf } from "./recordText";
import { FixValue, RowActions } from "./RowActions";
import { canDecide, useResolve } from "./useResolve";
import { useShopOf } from "./useShopOf";

interface RecordPanelProps {
  plan: PlanSummary;
  number: number;
  onClose: () => void;
}

/** One record of a plan in full, beside the grid. */
export function RecordPanel({ plan, number, onClose }: RecordPanelProps) {
  const request = { id: plan.id, outcome: null, search: null, offset: number - 1, limit: 1 };
  const query = useQuery({
    ...commandQuery(useHost(), "plans.rows", request),
    placeholderData: (before) => before,
  });
  const record = query.data?.rows[0];
  const { error } = query;
  return (
    <Panel
      title={record && (calledOf(record) || "Record")}
      label="Record"
      failure={
        error && {
          error,
          title: "The record could not be read",
          retry: () => void query.refetch(),
        }
      }
      onClose={onClose}
      testid="plan-record"
    >
      <ScrollArea className={classes.scroller} viewportProps={{ tabIndex: 0 }}>
        <div className={classes.body}>
          {record && (
            <MoneyOf record={toldOf(record)}>
              <RecordDetails plan={plan} record={record} />
            </MoneyOf>
          )}
        </div>
      </ScrollArea>
    </Panel>
  );
}

function RecordDetails({ plan, record }: { plan: PlanSummary; record: PlannedRecord }) {
  const kinds = useKinds();
  const shop = useShopOf(plan);
  const label = badgeLabel(record, plan.origin);
  const isThere = record.recordId !== null && record.expectedVersion > 0;
  const path = record.recordId === null ? null : recordPath(record.kind, record.recordId);
  return (
    <>
      <p className={classes.facts}>
        <OutcomeBadge outcome={record.outcome} {...(label === undefined ? {} : { label })} />
        <Direction record={record} shop={shop} />
        {record.line !== null && <span>Line {formatInteger(record.line)}</span>}
        {isThere && path !== null && (
          <Anchor component={Link} to={path}>
            Open the {kindName(kinds, record.kind).toLowerCase()}
          </Anchor>
        )}
      </p>
      {record.title !== "" && record.code !== "" && <p className={classes.name}>{record.title}</p>}
      {record.implied && (
        <p className={classes.note}>No row of the file stands for it: it was derived.</p>
      )}
      {record.problems.map((problem) => (
        <ProblemBox
          key={`${problem.column} ${problem.message} ${problem.value}`}
          plan={plan}
          record={record}
          problem={problem}
        />
      ))}
      {record.notes.map((note) => (
        <p key={note} className={`${classes.note} selectable`}>
          {note}
        </p>
      ))}
      <RowActions plan={plan} record={record} />
      {record.outcome === "conflict" && <Conflict plan={plan} record={record} />}
      <Changes record={record} />
    </>
  );
}

interface ProblemBoxProps {
  plan: PlanSummary;
  record: PlannedRecord;
  problem: Problem;
}

function ProblemBox({ plan, record, problem }: ProblemBoxProps) {
  return (
    <section className={`${classes.problem} selectable`} data-testid="plan-problem">
      <p className={classes.message}>{problem.message}</p>
      {problem.hint !== null && <p>{problem.hint}</p>}
      {problem.column !== "" && (
        <Definitions>
          <Definition term="Column">{problem.column}</Definition>
          <Definition term="Value">
            {problem.value === "" ? <em>empty</em> : problem.value}
          </Definition>
        </Definitions>
      )}
      <FixValue plan={plan} record={record} problem={problem} />
    </section>
  );
}

/** The three values of each field that contradicts, who it was, and the choice. */
function Conflict({ plan, record }: { plan: PlanSummary; record: PlannedRecord }) {
  const { byKey } = useFields();
  const { mutate } = useResolve(plan);
  const isOpen = canDecide(plan) && canBeResolved(record);
  const decide = (resolution: Resolution | null) => {
    if (isOpen) mutate({ resolution, numbers: [record.number] });
  };
  const choose = (resolution: Resolution) => decide(pressed(record.resolution, resolution));
  useShortcuts({ "1": () => choose("take"), "2": () => choose("keep") });
  const who = whoChanged(record);
  return (
    <section data-testid="plan-conflict">
      {who !== null && <p className={classes.note}>Last changed by {who}</p>}
      {record.conflicts.length > 0 && (
        <table className={classes.values}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {sideHeadings(plan.origin).map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {record.conflicts.map((conflict) => (
              <ThreeValues
                key={conflict.field}
                conflict={conflict}
                field={byKey.get(conflict.field)}
                resolution={record.resolution}
              />
            ))}
          </tbody>
        </table>
      )}
      {isOpen && <DecisionButtons record={record} origin={plan.origin} onDecide={decide} />}
    </section>
  );
}

interface ThreeValuesProps {
  conflict: FieldConflict;
  field: FieldInfo | undefined;
  resolution: Resolution | null;
}

function ThreeValues({ conflict, field, resolution }: ThreeValuesProps) {
  const word = useValueWord(field?.kind ?? "text", field?.choices);
  return (
    <tr>
      <th scope="row">{field?.label ?? conflict.field}</th>
      <td>{word(conflict.base)}</td>
      <td data-chosen={resolution === "keep" || undefined}>{word(conflict.current)}</td>
      <td data-chosen={resolution === "take" || undefined}>{word(conflict.proposed)}</td>
    </tr>
  );
}

function Changes({ record }: { record: PlannedRecord }) {
  const { byKey } = useFields();
  if (record.changes.length === 0) {
    return record.problems.length + record.notes.length + record.conflicts.length > 0 ? null : (
      <p className={classes.note}>No field changes.</p>
    );
  }
  return (
    <section>
      <h3 className={classes.heading}>{changesHeading(record)}</h3>
      <Definitions isRuled>
        {record.changes.map((change) => {
          const field = byKey.get(change.field);
          return (
            <Definition key={change.field} term={field?.label ?? change.field}>
              <ChangedValue
                change={change}
                kind={field?.kind ?? "text"}
                choices={field?.choices}
                outcome={record.outcome}
                isWhole
              />
            </Definition>
          );
        })}
      </Definitions>
    </section>
  );
}

function changesHeading({ outcome, changes }: PlannedRecord): string {
  if (outcome === "error") return "What else the row says";
  if (outcome === "create") return formatCount(changes.length, "field");
  if (outcome !== "conflict") return formatCount(changes.length, "changed field");
  return `${formatCount(changes.length, "field")} without a conflict`;
}
