import { Select } from "@mantine/core";

import type { ImportDraft, ImportSettings, ImportTarget } from "../../bindings";
import { useKind } from "../../host/state";
import { Question } from "./Question";
import classes from "./Questions.module.css";
import { withColumn } from "./settings";

interface CodeQuestionProps {
  labels: readonly string[];
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** Which column tells the records apart: of a price file, any of those that rows are matched by. */
export function CodeQuestion({ labels, draft, settings, onChange }: CodeQuestionProps) {
  const isMatched = draft.matching !== null;
  const wanted = draft.targets.filter(({ label }) => labels.includes(label));
  const open = isMatched ? wanted : wanted.slice(0, 1);
  return open.map((target) => (
    <OneCode key={target.key} {...{ target, isMatched, draft, settings, onChange }} />
  ));
}

interface OneCodeProps extends Omit<CodeQuestionProps, "labels"> {
  target: ImportTarget;
  isMatched: boolean;
}

function OneCode({ target, isMatched, draft, settings, onChange }: OneCodeProps) {
  const kinds = useKind(draft.kind)?.plural ?? "records";
  const title = `Which column is the ${target.label}?`;
  const name = target.key === "sku" ? "sku-column" : `${target.key}-column`;
  const data = draft.columns.map(({ header, samples: [sample = ""] }, index) => ({
    value: String(index),
    label: sample === "" ? header : `${header} (${shorten(sample)})`,
  }));
  return (
    <Question title={title} answered={false} name={name}>
      <p className={classes.why}>
        {isMatched
          ? "Rows are matched by one of these; the others may stay open."
          : `Rows are matched with ${kinds} by it.`}
      </p>
      <Select
        aria-label={title}
        placeholder="Choose a column"
        searchable
        w={320}
        data={data}
        value={null}
        onChange={(index) => {
          if (index !== null) onChange(withColumn(settings, Number(index), target.key));
        }}
        data-testid={`answer-${name}`}
      />
    </Question>
  );
}

/** As much of a value as tells what a column holds. */
function shorten(sample: string): string {
  return sample.length > 30 ? `${sample.slice(0, 29)}…` : sample;
}
