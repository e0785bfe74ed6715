import { Anchor } from "@mantine/core";
import { Link } from "react-router";

import type { User } from "../../bindings";
import { Definition, Definitions } from "../../components/Definitions";
import { formatDuration, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { useCountdown } from "../../lib/useCountdown";

/** What is known about an account besides what can be typed. */
export function PersonFacts({ user }: { user: User }) {
  const { lastSignInAt, createdAt, lockedUntil, id } = user;
  const wait = useCountdown(lockedUntil);
  return (
    <Definitions>
      <Definition term="Last sign-in">
        {lastSignInAt === undefined ? "Never" : formatMoment(lastSignInAt)}
      </Definition>
      {wait > 0 && (
        <Definition term="Locked out">
          <span data-testid="person-locked">
            For {formatDuration(wait * 1000)} after too many wrong passwords. A reset password
            unlocks at once.
          </span>
        </Definition>
      )}
      <Definition term="Added">{formatMoment(createdAt)}</Definition>
      <Definition term="History">
        <Anchor component={Link} to={paths.historyOf(id)}>
          What they did
        </Anchor>
      </Definition>
    </Definitions>
  );
}
