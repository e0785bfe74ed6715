import { useMay } from "../../host/state";

/** What the user may do with channels. */
export interface ChannelRights {
  /** Connect shops and set them up. */
  mayManage: boolean;
  /** Read shops, and say what their products are. */
  mayMatch: boolean;
  /** Make a plan of a sync, which is read and applied like any other. */
  maySync: boolean;
}

/** What the user may do with channels. */
export function useChannelRights(): ChannelRights {
  const mayManage = useMay("manage_channels");
  const mayMatch = useMay("sync_channels");
  const mayReview = useMay("import");
  return { mayManage, mayMatch, maySync: mayMatch && mayReview };
}
