import { ActionIcon, Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { IconCloudDataConnection, IconDeviceDesktop, IconX } from "@tabler/icons-react";

import type { JobStatus } from "../../bindings";
import { Bar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { jobFraction, jobTimeLeft, useJobs } from "../../host/jobs";
import { useAppState } from "../../host/state";
import { formatDuration } from "../../lib/format";
import { ActivityList } from "./ActivityList";
import { ConnectionState } from "./ConnectionState";
import { jobTitle } from "./jobs";
import classes from "./StatusBar.module.css";
import { WaitingForShops } from "./WaitingForShops";

/** Always tells where the data is and what runs. */
export function StatusBar() {
  const running = useJobs().filter((job) => job.state === "running");
  const [first] = running;
  return (
    <footer className={classes.bar} data-testid="status-bar" aria-label="Status">
      <DataPlace />
      <ConnectionState />
      <WaitingForShops />
      <span className={classes.gap} />
      {running.length > 1 && <span>{running.length} running</span>}
      {first ? <RunningJob job={first} /> : <Activity />}
    </footer>
  );
}

function DataPlace() {
  const { workspace } = useAppState();
  if (!workspace) return null;
  const shared = workspace.kind === "shared";
  const Icon = shared ? IconCloudDataConnection : IconDeviceDesktop;
  return (
    <Tooltip label={workspace.location} position="top-start" maw={600} multiline>
      <span className={classes.place} data-testid="data-place">
        <Icon size={14} />
        {shared ? `Shared database · ${workspace.location}` : "Saved on this computer"}
      </span>
    </Tooltip>
  );
}

function RunningJob({ job }: { job: JobStatus }) {
  const host = useHost();
  const fraction = jobFraction(job);
  const left = jobTimeLeft(job);
  const cancel = () => void host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
  return (
    <div className={classes.job} data-testid="running-job">
      <Activity>
        <span className={classes.title}>{jobTitle(job)}</span>
        <span className="tabular">
          {fraction === null ? job.step : `${Math.floor(fraction * 100)} %`}
        </span>
        <span className={classes.track}>
          <Bar fraction={fraction} label={jobTitle(job)} />
        </span>
        <span className={`tabular ${classes.left}`}>
          {left === null ? "" : formatDuration(left)}
        </span>
      </Activity>
      <Tooltip label="Cancel">
        <ActionIcon size={20} aria-label={`Cancel ${jobTitle(job)}`} onClick={cancel}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Opens the list of what runs and ran. */
function Activity({ children = "Activity" }: { children?: React.ReactNode }) {
  return (
    <Popover position="top-end" width={380} trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.activity}>
          {children}
          <span className="visually-hidden">: show details</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ActivityList />
      </Popover.Dropdown>
    </Popover>
  );
}
