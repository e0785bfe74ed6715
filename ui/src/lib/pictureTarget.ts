import type { ChosenFile } from "../bindings";

/** What takes the pictures that are dropped on the window or pasted. */
export interface PictureTarget {
  /** What they are added to, for the person who drops them. */
  name: string;
  drop(files: ChosenFile[]): void;
  /** What a page got of the clipboard. */
  paste(files: File[]): void;
  /** Asks the host for the picture on the clipboard. */
  pasteByHost(): void;
}

let targets: readonly PictureTarget[] = [];

/** Takes pictures from now on, before all that took them until now; answers how to stop. */
export function takePictures(target: PictureTarget): () => void {
  targets = [...targets, target];
  return () => {
    targets = targets.filter((each) => each !== target);
  };
}

/** What takes pictures now; none where nothing does. */
export function pictureTarget(): PictureTarget | undefined {
  return targets.at(-1);
}
