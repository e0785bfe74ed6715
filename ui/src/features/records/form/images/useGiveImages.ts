import { useCallback, useState } from "react";

import type { ChosenFile, GiveImages, JobStatus, StoredImages } from "../../../../bindings";
import { showErrorToast } from "../../../../components/toast";
import { useHost } from "../../../../host/context";
import { useJobs } from "../../../../host/jobs";
import { CommandError, toCoreError } from "../../../../lib/errors";

/** Stores pictures in the workspace, so that a form can name them. */
export interface GivingImages {
  giveFiles: (files: readonly ChosenFile[]) => void;
  givePasted: (files: readonly File[]) => void;
  /** The picture on the system's clipboard, when there is one. */
  giveClipboard: () => void;
  /** Opens the dialog. */
  choose: () => void;
  /** How far it is; undefined while nothing is being stored. */
  job: JobStatus | undefined;
  isGiving: boolean;
  cancel: () => void;
}

/** The most pictures that are pasted at once; of files that are dropped or chosen, the core reads a few at a time. */
const MOST_PASTED = 20;

const NOTHING: StoredImages = { stored: [], refused: [] };

/** A picture that was stored, and what its file was called. */
export interface NamedPicture {
  address: string;
  name: string;
}

/** `onStored` hears the addresses of what was stored, in their order, and what the files were called. */
export function useGiveImages(
  onStored: (addresses: string[], pictures: NamedPicture[]) => void,
): GivingImages {
  const host = useHost();
  const [giving, setGiving] = useState(0);
  const jobs = useJobs();
  const job = jobs.find(({ kind, state }) => kind === "store_images" && state === "running");
  const give = useCallback(
    async (storing: Promise<StoredImages>) => {
      setGiving((count) => count + 1);
      try {
        const { stored, refused } = await storing;
        if (stored.length > 0) {
          onStored(
            stored.map(({ address }) => address),
            stored,
          );
        }
        const [first] = refused;
        if (first) showErrorToast(notAdded(first, refused.length));
      } catch (error) {
        if (toCoreError(error).code !== "cancelled") showErrorToast(error);
      } finally {
        setGiving((count) => count - 1);
      }
    },
    [onStored],
  );
  const store = useCallback(
    async (asked: Promise<GiveImages>) => host.call("images.store", await asked),
    [host],
  );
  const giveFiles = useCallback(
    (files: readonly ChosenFile[]) => {
      const tokens = files.map(({ token }) => token);
      if (tokens.length > 0) void give(store(Promise.resolve({ files: tokens, pasted: [] })));
    },
    [give, store],
  );
  return {
    giveFiles,
    givePasted: useCallback((files) => void give(storePasted(store, files)), [give, store]),
    giveClipboard: useCallback(
      () => void give(host.pasteImage().then((found) => found ?? NOTHING)),
      [give, host],
    ),
    choose: () => void host.call("files.choose_images", {}).then(giveFiles, showErrorToast),
    job: giving > 0 ? job : undefined,
    isGiving: giving > 0,
    cancel: () => {
      if (job) host.call("jobs.cancel", { id: job.id }).catch(showErrorToast);
    },
  };
}

function notAdded(first: { name: string; reason: string }, count: number): CommandError {
  const message = count === 1 ? `${first.name} was not added.` : `${count} files were not added.`;
  const hint = count === 1 ? first.reason : `${first.name}: ${first.reason}`;
  return new CommandError({ code: "invalid", message, hint });
}

/** Reads and stores one after the other: none waits in memory for the others. */
async function storePasted(
  store: (asked: Promise<GiveImages>) => Promise<StoredImages>,
  files: readonly File[],
): Promise<StoredImages> {
  if (files.length > MOST_PASTED) {
    throw new CommandError({
      code: "invalid",
      message: `${files.length} pictures are too many to be pasted at once.`,
      hint: "Drop the files onto the window, or choose them.",
    });
  }
  const all: StoredImages = { stored: [], refused: [] };
  for (const file of files) {
    const pasted = [{ name: file.name || "Pasted picture", base64: await base64Of(file) }];
    const { stored, refused } = await store(Promise.resolve({ files: [], pasted }));
    all.stored.push(...stored);
    all.refused.push(...refused);
  }
  return all;
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(toCoreError(reader.error)));
    reader.readAsDataURL(file);
  });
}
