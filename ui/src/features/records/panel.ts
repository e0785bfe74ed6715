import { useOutletContext } from "react-router";

/** What a list gives to the panel beside it. */
export interface PanelContext {
  close: () => void;
  /** Opens the row that many rows further; null when the record was not opened from the list. */
  walk: ((step: number) => Promise<void>) | null;
}

/** The list that the panel stands beside. */
export function usePanel(): PanelContext {
  return useOutletContext<PanelContext>();
}
