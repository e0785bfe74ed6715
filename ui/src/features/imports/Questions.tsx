import { Radio, Select } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import { type Answer, dateAnswers, decimalAnswers } from "./answers";
import classes from "./Questions.module.css";
import { withColumn } from "./settings";

interface QuestionsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** What only a person can answer. An answered question stays, so that the answer can be changed. */
export function Questions({ draft, settings, onChange }: QuestionsProps) {
  const asked = useAsked(draft.questions);
  return asked.map((question) => {
    switch (question.kind) {
      case "dateOrder":
        return (
          <Choices
            key={question.kind}
            name="date-order"
            title={titleOf(question.example, "How does the file write dates?")}
            answers={dateAnswers(question.example)}
            value={settings.dateOrder}
            onChange={(dateOrder) => onChange({ ...settings, dateOrder })}
          />
        );
      case "decimalMark":
        return (
          <Choices
            key={question.kind}
            name="decimal-mark"
            title={titleOf(question.example, "How does the file write decimals?")}
            answers={decimalAnswers(question.example)}
            value={settings.decimalMark}
            onChange={(decimalMark) => onChange({ ...settings, decimalMark })}
          />
        );
      case "skuColumn":
        return <SkuColumn key={question.kind} {...{ draft, settings, onChange }} />;
    }
  });
}

function titleOf(example: string, without: string): string {
  return example === "" ? without : `What does ${example} mean?`;
}

/** The questions of now, and those of before that an answer has settled. */
function useAsked(open: readonly ImportQuestion[]): ImportQuestion[] {
  const [seen, setSeen] = useState<readonly ImportQuestion[]>(open);
  const isNew = (question: ImportQuestion) => seen.every((other) => other.kind !== question.kind);
  const fresh = open.filter(isNew);
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  const current = (kind: string) => open.find((question) => question.kind === kind);
  return [...seen, ...fresh].flatMap((question) => {
    const now = current(question.kind);
    if (question.kind === "skuColumn" && !now) return [];
    return [now ?? question];
  });
}

interface ChoicesProps<T extends string> {
  name: string;
  title: string;
  answers: readonly Answer<T>[];
  value: T | null;
  onChange: (value: T) => void;
}

function Choices<T extends string>({ name, title, answers, value, onChange }: ChoicesProps<T>) {
  return (
    <Question title={title} answered={value !== null} name={name}>
      <Radio.Group
        aria-label={title}
        value={value ?? ""}
        onChange={(chosen) => {
          const answer = answers.find((each) => each.value === chosen);
          if (answer) onChange(answer.value);
        }}
      >
        <div className={classes.answers}>
          {answers.map((answer) => (
            <Radio
              key={answer.value}
              size="xs"
              value={answer.value}
              label={answer.label}
              description={answer.help}
              data-testid={`answer-${answer.value}`}
            />
          ))}
        </div>
      </Radio.Group>
    </Question>
  );
}

function SkuColumn({ draft, settings, onChange }: QuestionsProps) {
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

interface QuestionProps {
  name: string;
  title: string;
  answered: boolean;
  children: ReactNode;
}

function Question({ name, title, answered, children }: QuestionProps) {
  return (
    <section
      className={classes.question}
      data-open={!answered || undefined}
      data-testid={`question-${name}`}
    >
      <h2 className={classes.title}>
        <IconHelpCircle size={16} />
        {title}
      </h2>
      {children}
    </section>
  );
}
