import { useOutletContext } from "react-router";

import type { HistoryView } from "./filters";

/** What the history gives to the panel beside it. */
export interface HistoryPanel {
  close: () => void;
  /** Narrows the list by some parts more. */
  narrow: (parts: HistoryView) => void;
}

/** The list that the panel stands beside. */
export function useHistoryPanel(): HistoryPanel {
  return useOutletContext<HistoryPanel>();
}
