import { Radio } from "@mantine/core";

import type { Answer } from "./answers";
import { Question } from "./Question";
import classes from "./Questions.module.css";

interface ChoiceQuestionProps<T extends string> {
  name: string;
  title: string;
  /** What makes the question: values of the file, or why it matters. */
  why?: string;
  answers: readonly Answer<T>[];
  value: T | null;
  onChange: (value: T) => void;
}

/** A question with a few answers, one of which is right. */
export function ChoiceQuestion<T extends string>(props: ChoiceQuestionProps<T>) {
  const { name, title, why, answers, value, onChange } = props;
  return (
    <Question title={title} answered={value !== null} name={name}>
      {why === undefined ? null : <p className={classes.why}>{why}</p>}
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
