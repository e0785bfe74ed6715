import { IconAlertCircle } from "@tabler/icons-react";

import classes from "../../components/EmptyState.module.css";
import { InlineError } from "../../components/ErrorState";
import { toCoreError } from "../../lib/errors";
import { formatDuration } from "../../lib/format";
import { useCountdown } from "../../lib/useCountdown";

/** How long a user has to wait before the next try, in seconds; 0 when they need not. */
export function useWait(error: unknown): number {
  return useCountdown(error ? toCoreError(error).retryAt : undefined);
}

/** Why a password was not taken; after too many wrong ones, how long it is until the next try. */
export function Refusal({ error, wait }: { error: unknown; wait: number }) {
  if (toCoreError(error).retryAt === undefined) return <InlineError error={error} />;
  return (
    <div className={classes.inline} data-testid="locked-out">
      <IconAlertCircle size={16} />
      <div>
        <p role="alert">Too many wrong passwords.</p>
        {/* Counting is not told aloud each second. */}
        <p className={classes.hint} role="timer">
          {wait === 0
            ? "The next try is possible now."
            : `The next try is possible in ${formatDuration(wait * 1000)}.`}
        </p>
      </div>
    </div>
  );
}
