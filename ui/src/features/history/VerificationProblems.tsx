import { Anchor, Modal } from "@mantine/core";
import { Link } from "react-router";

import type { Verification, VerificationProblem } from "../../bindings";
import { CopyButton } from "../../components/CopyButton";
import { errorDetails } from "../../lib/errors";
import { CommandError } from "../../lib/errors";
import { formatInteger, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import classes from "./History.module.css";

interface VerificationProblemsProps {
  result: Verification;
  opened: boolean;
  onClose: () => void;
}

/** Each place where the history does not fit, and what to do about it. */
export function VerificationProblems({ result, opened, onClose }: VerificationProblemsProps) {
  const { problems, problemCount } = result;
  const left = problemCount - problems.length;
  const report = new CommandError({
    code: "internal",
    message: problems.map(textOf).join("\n"),
    hint: `End of the chain: ${result.head}`,
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Changed past the app" size="lg">
      <p className={classes.quiet}>
        A user with access to the database changed these. Compare with a backup from before, and
        look into who has such access.
      </p>
      <ol className={classes.problems} data-testid="problems">
        {problems.map((problem) => (
          <li key={textOf(problem)}>
            <p>{problem.what}</p>
            <p className={classes.quiet}>
              {problem.batch === null ? (
                aboutOf(problem)
              ) : (
                <Anchor component={Link} to={paths.batch(problem.batch)} onClick={onClose}>
                  {aboutOf(problem) || "Show the batch"}
                </Anchor>
              )}
            </p>
          </li>
        ))}
      </ol>
      {left > 0 && <p className={classes.quiet}>And {formatInteger(left)} more.</p>}
      <CopyButton text={() => errorDetails(report, "Check of the history")} label="Copy details" />
    </Modal>
  );
}

function aboutOf({ label, person, at }: VerificationProblem): string {
  return [label, person, at === null ? "" : formatMoment(at)].filter(Boolean).join(" · ");
}

function textOf(problem: VerificationProblem): string {
  return `${problem.what} (${[problem.batch, aboutOf(problem)].filter(Boolean).join(", ")})`;
}
