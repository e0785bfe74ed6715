import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./StartScreen.module.css";

interface StartFormProps {
  submitLabel: string;
  onSubmit: () => void;
  isBusy: boolean;
  isBlocked: boolean;
  testid: string;
  children: ReactNode;
}

/** A short form with one button at its end, which Enter presses. */
export function StartForm(props: StartFormProps) {
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
      <div className={classes.actions}>
        <Button
          type="submit"
          className={classes.end ?? ""}
          loading={props.isBusy}
          disabled={props.isBlocked}
          data-testid={props.testid}
        >
          {props.submitLabel}
        </Button>
      </div>
    </form>
  );
}
