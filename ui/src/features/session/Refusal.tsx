import { InlineError } from "../../components/ErrorState";
import { CommandError, toCoreError } from "../../lib/errors";
import { formatDuration } from "../../lib/format";
import { useCountdown } from "../../lib/useCountdown";

/** How long somebody has to wait before the next try, in seconds; 0 when they need not. */
export function useWait(error: unknown): number {
  return useCountdown(error ? toCoreError(error).retryAt : undefined);
}

/** Why a password was not taken; after too many wrong ones, how long it is until the next try. */
export function Refusal({ error, wait }: { error: unknown; wait: number }) {
  const core = toCoreError(error);
  if (core.retryAt === undefined) return <InlineError error={error} />;
  if (wait === 0) return <p role="status">The next try is possible now.</p>;
  const left = formatDuration(wait * 1000);
  return (
    <div data-testid="locked-out">
      <InlineError
        error={
          new CommandError({
            code: core.code,
            message: core.message,
            hint: `After too many wrong passwords the next try is possible in ${left}.`,
          })
        }
      />
    </div>
  );
}
