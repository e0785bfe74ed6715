import { useMutation } from "@tanstack/react-query";

import type { KindInfo, RunExport } from "../../bindings";
import { showErrorToast, showInfo, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { waitForJob } from "../../host/jobs";
import { formatCount } from "../../lib/format";
import { exportName } from "./exportColumns";

/** Asks for a file and starts to write records of a kind to it; `onStarted` is called once it is being written. */
export function useExport(kind: KindInfo, onStarted: () => void) {
  const host = useHost();
  return useMutation({
    mutationFn: async (request: Omit<RunExport, "file" | "kind">) => {
      const suggestedName = exportName(kind.plural, new Date());
      const file = await host.call("files.choose_save", { suggestedName });
      if (!file) return null;
      const asked = { ...request, kind: kind.key, file: file.token };
      const { job } = await host.call("exports.run", asked);
      return { job, name: file.name };
    },
    onSuccess: (started) => {
      if (!started) return;
      onStarted();
      tellTheEnd(host, kind, started).catch(showErrorToast);
    },
    onError: showErrorToast,
  });
}

/** The dialog is long gone when the file is written: a toast says what became of it. */
async function tellTheEnd(
  host: Host,
  { label, plural }: KindInfo,
  { job: id, name }: { job: number; name: string },
): Promise<void> {
  const job = await waitForJob(host, id);
  if (job.error) showErrorToast(job.error);
  else if (job.state === "cancelled") showInfo(`The export to ${name} was cancelled.`);
  else showToast(`${formatCount(job.done, label, plural)} written to ${name}.`);
}
