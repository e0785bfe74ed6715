import { useState } from "react";

import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import {
  AMOUNT_FOR,
  dateAnswers,
  decimalAnswers,
  encodingAnswers,
  FOREIGN_MONEY,
  STOCK_WORDS,
} from "./answers";
import { ChoiceQuestion } from "./ChoiceQuestion";
import { CodeQuestion } from "./CodeQuestion";
import { PriceQuestion } from "./PriceQuestion";

interface QuestionsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** What only a person can answer. An answered question stays, so that the answer can be changed. */
export function Questions({ draft, settings, onChange }: QuestionsProps) {
  const asked = useAsked(draft.questions);
  return asked.map((question) => (
    <OneQuestion key={keyOf(question)} {...{ question, draft, settings, onChange }} />
  ));
}

function OneQuestion(props: QuestionsProps & { question: ImportQuestion }) {
  const { question, draft, settings, onChange } = props;
  switch (question.kind) {
    case "dateOrder":
      return (
        <ChoiceQuestion
          name="date-order"
          title={titleOf("dates", question.example)}
          answers={dateAnswers(question.example)}
          value={settings.dateOrder}
          onChange={(dateOrder) => onChange({ ...settings, dateOrder })}
        />
      );
    case "decimalMark":
      return (
        <ChoiceQuestion
          name="decimal-mark"
          title={titleOf("decimals", question.example)}
          answers={decimalAnswers(question.example)}
          value={settings.decimalMark}
          onChange={(decimalMark) => onChange({ ...settings, decimalMark })}
        />
      );
    case "encoding":
      return (
        <ChoiceQuestion
          name="encoding"
          title="Which of these words are right?"
          answers={encodingAnswers(question.readings)}
          value={settings.encodingChosen ? settings.encoding : null}
          onChange={(encoding) => onChange({ ...settings, encoding, encodingChosen: true })}
        />
      );
    case "priceColumn":
      return <PriceQuestion {...{ question, draft, settings, onChange }} />;
    case "foreignMoney":
      return (
        <ChoiceQuestion
          name="foreign-money"
          title={
            question.currency === null
              ? "Amounts are in more than one currency"
              : `Some amounts are not in ${question.currency}`
          }
          why={question.examples.join(", ")}
          answers={FOREIGN_MONEY}
          value={settings.foreignMoney}
          onChange={(foreignMoney) => onChange({ ...settings, foreignMoney })}
        />
      );
    case "stockWords":
      return (
        <ChoiceQuestion
          name="stock-words"
          title={`${question.column} holds words: what do they mean?`}
          why={question.words.join(", ")}
          answers={STOCK_WORDS}
          value={settings.stockWords}
          onChange={(stockWords) => onChange({ ...settings, stockWords })}
        />
      );
    case "amountFor":
      return (
        <ChoiceQuestion
          name="amount-for"
          title={`Is ${question.amount} for one, or for a pack?`}
          why={`The pack sizes stand in ${question.pack}`}
          answers={AMOUNT_FOR}
          value={settings.amountFor}
          onChange={(amountFor) => onChange({ ...settings, amountFor })}
        />
      );
    case "codeColumn":
      return <CodeQuestion {...{ labels: question.labels, draft, settings, onChange }} />;
  }
}

function titleOf(what: string, example: string): string {
  return example === "" ? `How does the file write ${what}?` : `What does ${example} mean?`;
}

/** A question is asked once of each kind, and which price it is once of each field. */
function keyOf(question: ImportQuestion): string {
  return question.kind === "priceColumn" ? `${question.kind} ${question.target}` : question.kind;
}

/** The questions of now, and those of before that an answer has settled. */
function useAsked(open: readonly ImportQuestion[]): ImportQuestion[] {
  const [seen, setSeen] = useState<readonly ImportQuestion[]>(open);
  const isNew = (question: ImportQuestion) =>
    seen.every((other) => keyOf(other) !== keyOf(question));
  const fresh = open.filter(isNew);
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  const current = (key: string) => open.find((question) => keyOf(question) === key);
  return [...seen, ...fresh].flatMap((question) => {
    const now = current(keyOf(question));
    if (question.kind === "codeColumn" && !now) return [];
    return [now ?? question];
  });
}
