import { Button, TextInput } from "@mantine/core";
import { useState } from "react";

import type { PlannedRecord, PlanSummary, Problem } from "../../bindings";
import { useFields } from "../../host/state";
import classes from "./RecordPanel.module.css";
import { canRevise, useRevise } from "./useRevise";

interface RowActionsProps {
  plan: PlanSummary;
  record: PlannedRecord;
}

/** What can be done with one row of a file before the plan is applied. */
export function RowActions({ plan, record }: RowActionsProps) {
  const { revise, isRevising } = useRevise(plan);
  if (!canRevise(plan) || record.line === null || record.implied) return null;
  const records = { numbers: [record.number] };
  const isSkipped = record.outcome === "skipped";
  return (
    <p className={classes.actions}>
      {record.alike.map((code) => (
        <Button
          key={code}
          size="compact-sm"
          variant="default"
          disabled={isRevising}
          onClick={() =>
            revise({ kind: "fix", number: record.number, field: codeField(record), text: code })
          }
          data-testid="plan-it-is"
        >
          It is {code}
        </Button>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={isRevising}
        onClick={() => revise({ kind: isSkipped ? "putBack" : "leaveOut", records })}
        data-testid="plan-row-out"
      >
        {isSkipped ? "Take this row in" : "Leave this row out"}
      </Button>
    </p>
  );
}

/** The field of what identifies a record of this kind. */
function codeField({ kind }: PlannedRecord): string {
  return kind === "product" ? "sku" : `${kind}.code`;
}

/** Corrects the value at fault, as if the file had it. */
export function FixValue({ plan, record, problem }: RowActionsProps & { problem: Problem }) {
  const { revise, isRevising } = useRevise(plan);
  const { byKey } = useFields();
  const [text, setText] = useState(problem.value);
  const { field } = problem;
  const label = field === null ? undefined : byKey.get(field)?.label;
  if (!canRevise(plan) || record.line === null || record.implied) return null;
  if (field === null || label === undefined || problem.column === "") return null;
  const isChanged = text !== problem.value;
  return (
    <form
      className={classes.fix}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && !isRevising) revise({ kind: "fix", number: record.number, field, text });
      }}
    >
      <TextInput
        aria-label={`${label}, corrected`}
        size="xs"
        value={text}
        readOnly={isRevising}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="plan-fix"
      />
      <Button type="submit" size="compact-sm" variant="default" disabled={!isChanged || isRevising}>
        Correct
      </Button>
    </form>
  );
}
