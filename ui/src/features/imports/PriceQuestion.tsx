import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import type { Answer } from "./answers";
import { ChoiceQuestion } from "./ChoiceQuestion";
import { withColumn, withoutTarget } from "./settings";

interface PriceQuestionProps {
  question: Extract<ImportQuestion, { kind: "priceColumn" }>;
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const NONE = "none";

/** Which of several prices feeds a field: they differ in currency or tax alone. */
export function PriceQuestion({ question, draft, settings, onChange }: PriceQuestionProps) {
  const { target, label, columns } = question;
  const answers: Answer<string>[] = columns.map((index) => {
    const column = draft.columns[index];
    return {
      value: String(index),
      label: column?.header ?? "",
      help: column?.samples[0] ?? "",
    };
  });
  answers.push({ value: NONE, label: "None of them", help: "" });
  const fed = columns.find((index) => settings.columns[index] === target);
  const unwanted = settings.unwanted.includes(target) ? NONE : null;
  return (
    <ChoiceQuestion
      name={`price-${target}`}
      title={`Which column is the ${label.toLowerCase()}?`}
      answers={answers}
      value={fed === undefined ? unwanted : String(fed)}
      onChange={(value) => {
        const free = withoutTarget(settings, target);
        onChange(
          value === NONE
            ? { ...free, unwanted: [...free.unwanted, target] }
            : withColumn(free, Number(value), target),
        );
      }}
    />
  );
}
