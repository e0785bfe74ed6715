import type { ChannelStatus, DataRecord } from "../../bindings";

/** What each tab of a channel gets. */
export interface ChannelTabProps {
  channel: DataRecord;
  /** How it stands; undefined of a channel in the trash, and while it is read. */
  status: ChannelStatus | undefined;
}
