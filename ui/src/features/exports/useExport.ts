import { useMutation } from "@tanstack/react-query";

import type { RunExport } from "../../bindings";
import { showErrorToast, showInfo, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { waitForJob } from "../../host/jobs";
import { formatCount } from "../../lib/format";
import { exportName } from "./exportColumns";

/** Asks for a file and starts to write it; `onStarted` is called once it is being written. */
export function useExport(onStarted: () => void) {
  const host = useHost();
  return useMutation({
    mutationFn: async (request: Omit<RunExport, "file">) => {
      const suggestedName = exportName(new Date());
      const file = await host.call("files.choose_save", { suggestedName });
      if (!file) return null;
      const { job } = await host.call("exports.run", { ...request, file: file.token });
      return { job, name: file.name };
    },
    onSuccess: (started) => {
      if (!started) return;
      onStarted();
      tellTheEnd(host, started.job, started.name).catch(showErrorToast);
    },
    onError: showErrorToast,
  });
}

/** The dialog is long gone when the file is written: a toast says what became of it. */
async function tellTheEnd(host: Host, id: number, name: string): Promise<void> {
  const job = await waitForJob(host, id);
  if (job.error) showErrorToast(job.error);
  else if (job.state === "cancelled") showInfo(`The export to ${name} was cancelled.`);
  else showToast(`${formatCount(job.done, "product")} written to ${name}.`);
}
