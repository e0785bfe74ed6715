import { Button } from "@mantine/core";

import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { PLATFORMS } from "./accounts";
import classes from "./Channels.module.css";
import type { Typing } from "./ShopInputs";

interface PracticeShopsProps {
  /** Types how a practice shop that is open now is connected. */
  onOpened: (typed: Partial<Typing>, secret: string) => void;
}

/** Opens a shop on this computer to try channels out with. */
export function PracticeShops({ onOpened }: PracticeShopsProps) {
  const open = useCommand("channels.practice", ({ platform, name, address, secret }) =>
    onOpened({ platform, name, address, account: "", way: "token" }, secret),
  );
  return (
    <section className={classes.practice} aria-label="Practice shops">
      <p className={classes.quiet}>
        No shop at hand? A practice shop runs on this computer, with nothing at stake. It begins
        anew when Backstock is closed.
      </p>
      <div className={classes.actions}>
        {PLATFORMS.map(({ value, label }) => (
          <Button
            key={value}
            variant="default"
            loading={open.isPending && open.variables.platform === value}
            onClick={() => open.mutate({ platform: value })}
            data-testid={`practice-${value}`}
          >
            Try a practice {label}
          </Button>
        ))}
      </div>
      {open.error !== null && <InlineError error={open.error} />}
    </section>
  );
}
