import type { ImageState } from "./ImageState";
export type FailedBefore = { address: string, state: ImageState, };
