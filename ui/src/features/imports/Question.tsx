import { IconHelpCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

import classes from "./Questions.module.css";

interface QuestionProps {
  name: string;
  title: string;
  answered: boolean;
  children: ReactNode;
}

/** A question about the file, set apart until it is answered. */
export function Question({ name, title, answered, children }: QuestionProps) {
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
