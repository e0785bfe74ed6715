import { useOutletContext } from "react-router";

/** What the page of channels gives to the panel beside it. */
export interface ChannelsPanel {
  close: () => void;
}

/** The page that the panel stands beside. */
export function useChannelsPanel(): ChannelsPanel {
  return useOutletContext<ChannelsPanel>();
}
