import type { Commands, Event, RecordId, StoredImages } from "../bindings";

/** The name of a command of the core. */
export type CommandName = keyof Commands;

/** What a command takes. */
export type Request<N extends CommandName> = Commands[N]["request"];

/** What a command answers. */
export type Response<N extends CommandName> = Commands[N]["response"];

/** What becomes of the jobs that run when the window closes. */
export type RunningJobs = "finish" | "stop";

/** A picture at most 160 pixels wide and high, or as it came. */
export type ImageSize = "thumbnail" | "original";

/**
 * The one door to the core. The desktop shell stands behind it in the app, the core itself in tests
 * (`pipe`), and in a browser during development (`browser`).
 */
export interface Host {
  /** Gives a command. What goes wrong is always thrown as a `CommandError`. */
  call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>>;
  /** Listens to what the core tells without being asked; answers how to stop listening. */
  onEvent(listener: (event: Event) => void): () => void;
  /** Puts a text on the system's clipboard. What did not get there is thrown as a `CommandError`. */
  copyText(text: string): Promise<void>;
  /** Stores the picture on the system's clipboard; null where there is none, or the host has no access. */
  pasteImage(): Promise<StoredImages | null>;
  /** Where the page gets a picture from by its address; null where the host has none. */
  imageUrl(address: string, size: ImageSize): string | null;
  /** Shows a listing in the shop's own window, in the browser. The core says where that is; what is none is thrown. */
  openListing(listing: RecordId): Promise<void>;
  /** Shows the page larger or smaller; 1 is its own size. */
  zoom(factor: number): Promise<void>;
  /** Closes the window once no job runs: at its own time, or after what it is writing. */
  close(jobs: RunningJobs): Promise<void>;
}
