import { useState } from "react";

import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import { dateAnswers, decimalAnswers } from "./answers";
import { FormatQuestion } from "./FormatQuestion";
import { SkuQuestion } from "./SkuQuestion";

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
          <FormatQuestion
            key={question.kind}
            name="date-order"
            what="dates"
            example={question.example}
            answersFor={dateAnswers}
            value={settings.dateOrder}
            onChange={(dateOrder) => onChange({ ...settings, dateOrder })}
          />
        );
      case "decimalMark":
        return (
          <FormatQuestion
            key={question.kind}
            name="decimal-mark"
            what="decimals"
            example={question.example}
            answersFor={decimalAnswers}
            value={settings.decimalMark}
            onChange={(decimalMark) => onChange({ ...settings, decimalMark })}
          />
        );
      case "skuColumn":
        return <SkuQuestion key={question.kind} {...{ draft, settings, onChange }} />;
    }
  });
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
