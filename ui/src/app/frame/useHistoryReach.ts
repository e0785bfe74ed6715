import { useState } from "react";
import { NavigationType, useLocation, useNavigationType } from "react-router";

/** How far back and forward the window's pages go from here. */
export interface HistoryReach {
  canGoBack: boolean;
  canGoForward: boolean;
}

/** The place of a page in the window's history, as the router counts it. */
function placeNow(): number {
  const state: unknown = window.history.state;
  const index = typeof state === "object" && state !== null && "idx" in state ? state.idx : 0;
  return typeof index === "number" ? index : 0;
}

/** Whether there is a page before this one, and one after it. */
export function useHistoryReach(): HistoryReach {
  const location = useLocation();
  const how = useNavigationType();
  const [reach, setReach] = useState(() => ({ key: location.key, ...startingAt(placeNow()) }));
  if (reach.key !== location.key) {
    const place = placeNow();
    // A new page is the last one; going back leaves those after it where they are.
    const last = how === NavigationType.Push ? place : Math.max(reach.last, place);
    setReach({ key: location.key, place, last });
  }
  return { canGoBack: reach.place > 0, canGoForward: reach.place < reach.last };
}

function startingAt(place: number) {
  return { place, last: place };
}
