import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";

import type { ChannelCheck } from "../../bindings";
import { Definition, Definitions } from "../../components/Definitions";
import classes from "./Channels.module.css";

/** What a shop says of itself, and what keeps its account from working. */
export function CheckResult({ check }: { check: ChannelCheck }) {
  const places = check.places.map(({ name, active }) => (active ? name : `${name} (not in use)`));
  return (
    <div data-testid="channel-check">
      <Definitions>
        <Definition term="Name in the shop">{check.name || "–"}</Definition>
        <Definition term="Currency">{check.currency || "–"}</Definition>
        <Definition term="Time zone">{check.timeZone || "–"}</Definition>
        <Definition term="Places of stock">{places.join(", ") || "–"}</Definition>
      </Definitions>
      <ul className={classes.problems} aria-label="What the account can do">
        {check.problems.length === 0 && (
          <li>
            <IconCircleCheck size={16} className={classes.fine} />
            <span>The account has all that is needed.</span>
          </li>
        )}
        {check.problems.map(({ message, hint, isFatal }) => (
          <li key={message} data-testid="channel-problem">
            {isFatal ? (
              <IconCircleX size={16} className={classes.fatal} />
            ) : (
              <IconAlertTriangle size={16} className={classes.lacking} />
            )}
            <span>
              {message} <span className={classes.quiet}>{hint}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
