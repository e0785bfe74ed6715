import { Radio } from "@mantine/core";

import type { Answer } from "./answers";
import { Question } from "./Question";
import classes from "./Questions.module.css";

interface FormatQuestionProps<T extends string> {
  name: string;
  /** What the file writes in one way or the other: "dates". */
  what: string;
  /** A value of the file that can be read in more than one way; empty when there is none. */
  example: string;
  answersFor: (example: string) => readonly Answer<T>[];
  value: T | null;
  onChange: (value: T) => void;
}

/** How the file writes something, to be chosen from a few ways. */
export function FormatQuestion<T extends string>(props: FormatQuestionProps<T>) {
  const { name, what, example, value, onChange } = props;
  const title = example === "" ? `How does the file write ${what}?` : `What does ${example} mean?`;
  const answers = props.answersFor(example);
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
