import { Button, Loader } from "@mantine/core";

import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { formatDuration } from "../../lib/format";
import { useNow } from "../../lib/useNow";
import classes from "./Channels.module.css";

interface ShopWaitProps {
  /** What the channel is called: its job is known by that. */
  name: string;
  /** Where the shop is. */
  address: string;
}

/** Says that a shop is waited for, for how long, and stops that when asked to. Nothing is changed by stopping. */
export function ShopWait({ name, address }: ShopWaitProps) {
  const host = useHost();
  const job = useJobs().find(
    ({ kind, state, label }) =>
      kind === "check_channel" && state === "running" && label === name.trim(),
  );
  const now = useNow(1000);
  const passed = job === undefined ? 0 : Math.max(0, now - job.startedAt);
  const stop = () => {
    if (job) void host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
  };
  return (
    <div className={classes.wait} role="status" data-testid="shop-wait">
      <Loader size={16} />
      <span>
        Waiting for {address.trim() || name}
        {passed >= SOON && (
          <span className={classes.quiet}>
            {" "}
            for {formatDuration(passed)}. A shop that does not answer is given up after a while.
          </span>
        )}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={job === undefined}
        onClick={stop}
        data-testid="stop-waiting"
      >
        Cancel
      </Button>
    </div>
  );
}

/** What takes less is not worth telling. */
const SOON = 3000;
