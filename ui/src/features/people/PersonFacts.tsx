import { Anchor } from "@mantine/core";
import { Link } from "react-router";

import type { User } from "../../bindings";
import { formatDuration, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { useCountdown } from "../../lib/useCountdown";
import classes from "./People.module.css";

/** What is known about an account besides what can be typed. */
export function PersonFacts({ user }: { user: User }) {
  const { lastSignInAt, createdAt, lockedUntil, id } = user;
  const wait = useCountdown(lockedUntil);
  return (
    <dl className={classes.facts}>
      <dt>Last sign-in</dt>
      <dd>{lastSignInAt === undefined ? "Never" : formatMoment(lastSignInAt)}</dd>
      {wait > 0 && (
        <>
          <dt>Locked out</dt>
          <dd data-testid="person-locked">
            For {formatDuration(wait * 1000)} after too many wrong passwords. A reset password
            unlocks at once.
          </dd>
        </>
      )}
      <dt>Added</dt>
      <dd>{formatMoment(createdAt)}</dd>
      <dt>History</dt>
      <dd>
        <Anchor component={Link} to={paths.historyOf(id)}>
          What they did
        </Anchor>
      </dd>
    </dl>
  );
}
