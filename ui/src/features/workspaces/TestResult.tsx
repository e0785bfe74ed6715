import { IconCircleCheck } from "@tabler/icons-react";

import type { SharedTest } from "../../bindings";
import classes from "./StartScreen.module.css";

/** What was found at the address of a shared database. */
export function TestResult({ test }: { test: SharedTest }) {
  return (
    <div className={classes.fine} role="status" data-testid="test-result">
      <IconCircleCheck size={16} />
      <p>
        {test.server} answers{test.encrypted ? ", encrypted" : ", not encrypted"}.{" "}
        {test.empty
          ? "The database is empty and will be set up."
          : `It holds the workspace ${test.name ?? ""}.`}
      </p>
    </div>
  );
}
