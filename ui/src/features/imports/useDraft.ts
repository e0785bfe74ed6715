import {
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { FileToken, ImportDraft, ImportSettings, OpenImport, Started } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import type { Holding } from "./holding";
import { blocker, rereads } from "./settings";

/** A file on its way to a plan. */
export interface Draft {
  readonly draft: ImportDraft;
  /** How the file is understood, the last change included, be it answered or not. */
  readonly settings: ImportSettings;
  /** Whether the core is still busy with a change. */
  readonly busy: boolean;
  readonly change: (settings: ImportSettings) => void;
  /** Maps the columns as they are proposed, whatever was done with the last file like it. */
  readonly startOver: () => void;
  /** Makes the plan, once the changes before it are in; null when they ask something new. */
  readonly plan: UseMutationResult<Started | null, unknown, void>;
}

/** Opens a file, or takes it up again as it was left: the way back from a review loses no mapping. */
async function openDraft(
  host: Host,
  request: OpenImport,
  kept: ImportSettings | undefined,
): Promise<ImportDraft> {
  const draft = await host.call("imports.open", request);
  if (!kept) return draft;
  const configure = () => host.call("imports.configure", { id: draft.id, settings: kept });
  // Reading in another way makes the core propose the columns anew, so that they are told twice.
  if (rereads(draft.settings, kept)) await configure();
  return configure();
}

/** How a file is understood: read once, changed by a person as often as needed. */
export function useDraft(file: FileToken, holding: Holding) {
  const host = useHost();
  const client = useQueryClient();
  const request: OpenImport = { file, ...holding };
  const draftKey = ["imports.open", request] as const;
  const keptKey = ["imports.kept", request] as const;
  const query = useQuery({
    queryKey: draftKey,
    queryFn: () => openDraft(host, request, client.getQueryData<ImportSettings>(keptKey)),
    gcTime: 0,
    retry: false,
  });
  const [changed, setChanged] = useState<ImportSettings | null>(null);
  const waiting = useRef(0);
  const refused = useRef(false);
  const settle = () => {
    waiting.current -= 1;
    if (waiting.current === 0) setChanged(null);
  };
  const configure = useMutation({
    scope: { id: `draft ${file}` },
    mutationFn: (settings: ImportSettings) => {
      const id = client.getQueryData<ImportDraft>(draftKey)?.id ?? "";
      return host.call("imports.configure", { id, settings });
    },
    onSuccess: (draft) => {
      client.setQueryData(draftKey, draft);
      client.setQueryData(keptKey, draft.settings);
    },
    onError: (error) => {
      refused.current = true;
      showErrorToast(error);
    },
    onSettled: settle,
  });
  const again = useMutation({
    scope: { id: `draft ${file}` },
    mutationFn: () => {
      const id = client.getQueryData<ImportDraft>(draftKey)?.id ?? "";
      return host.call("imports.start_over", { id });
    },
    onSuccess: (draft) => {
      client.setQueryData(draftKey, draft);
      client.setQueryData(keptKey, draft.settings);
    },
    onError: showErrorToast,
  });
  const plan = useMutation({
    scope: { id: `draft ${file}` },
    mutationFn: async () => {
      const latest = client.getQueryData<ImportDraft>(draftKey);
      if (!latest || refused.current || blocker(latest, latest.settings) !== null) return null;
      return host.call("imports.plan", { id: latest.id });
    },
    onError: showErrorToast,
  });
  const change = (settings: ImportSettings) => {
    waiting.current += 1;
    refused.current = false;
    setChanged(settings);
    configure.mutate(settings);
  };
  const draft = query.data;
  const result: Draft | null = draft
    ? {
        draft,
        settings: changed ?? draft.settings,
        busy: changed !== null || again.isPending,
        change,
        startOver: () => again.mutate(),
        plan,
      }
    : null;
  return { result, error: query.error, retry: () => void query.refetch() };
}
