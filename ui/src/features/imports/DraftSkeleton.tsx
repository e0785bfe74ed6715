import { Button, Group, Skeleton, Stack } from "@mantine/core";

import { ProgressBar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The size of what comes while a file is read. */
export function DraftSkeleton() {
  return (
    <Stack
      gap={10}
      mt={16}
      data-testid="import-reading"
      role="status"
      aria-busy
      aria-label="Reading the file"
    >
      <Reading />
      <Skeleton height={20} width={240} />
      {ROWS.map((row) => (
        <Skeleton key={row} height={30} />
      ))}
    </Stack>
  );
}

/** Files below this many kilobytes are read before anybody could stop it. */
const LARGE = 4096;

/** How far a large file is read, and the way to stop that. */
function Reading() {
  const host = useHost();
  const job = useJobs().find(({ kind, state }) => kind === "open_import" && state === "running");
  if (!job || job.total < LARGE) return null;
  const cancel = () => void host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
  return (
    <>
      <ProgressBar job={job} />
      <Group>
        <Button variant="default" onClick={cancel} data-testid="import-stop">
          Stop reading
        </Button>
      </Group>
    </>
  );
}
