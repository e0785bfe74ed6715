import { Select } from "@mantine/core";

import type { ImportDraft, ImportSettings } from "../../bindings";
import { Question } from "./Question";
import classes from "./Questions.module.css";
import { withColumn } from "./settings";

interface SkuQuestionProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** Which column tells the products apart. */
export function SkuQuestion({ draft, settings, onChange }: SkuQuestionProps) {
  const title = "Which column is the SKU?";
  const data = draft.columns.map(({ header, samples: [sample = ""] }, index) => ({
    value: String(index),
    label: sample === "" ? header : `${header} (${shorten(sample)})`,
  }));
  return (
    <Question title={title} answered={false} name="sku-column">
      <p className={classes.why}>Rows are matched with products by their SKU.</p>
      <Select
        aria-label={title}
        placeholder="Choose a column"
        searchable
        w={320}
        data={data}
        value={null}
        onChange={(index) => {
          if (index !== null) onChange(withColumn(settings, Number(index), "sku"));
        }}
        data-testid="answer-sku-column"
      />
    </Question>
  );
}

/** As much of a value as tells what a column holds. */
function shorten(sample: string): string {
  return sample.length > 30 ? `${sample.slice(0, 29)}…` : sample;
}
