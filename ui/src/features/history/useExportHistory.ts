import { useMutation } from "@tanstack/react-query";

import type { HistoryFilter } from "../../bindings";
import { showErrorToast, showInfo, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { waitForJob } from "../../host/jobs";
import { formatCount } from "../../lib/format";

/** Asks for a file and writes what the filter lets through into it, as CSV. */
export function useExportHistory() {
  const host = useHost();
  return useMutation({
    mutationFn: async (filter: HistoryFilter) => {
      const day = new Date().toISOString().slice(0, 10);
      const suggestedName = `history ${day}.csv`;
      const file = await host.call("files.choose_save", { suggestedName });
      if (!file) return null;
      const { job } = await host.call("history.export", { filter, file: file.token });
      return { job, name: file.name };
    },
    onSuccess: (started) => {
      if (started) tellTheEnd(host, started.job, started.name).catch(showErrorToast);
    },
    onError: showErrorToast,
  });
}

async function tellTheEnd(host: Host, id: number, name: string): Promise<void> {
  const job = await waitForJob(host, id);
  if (job.error) showErrorToast(job.error);
  else if (job.state === "cancelled") showInfo(`The export to ${name} was cancelled.`);
  else showToast(`${formatCount(job.done, "entry", "entries")} written to ${name}.`);
}
