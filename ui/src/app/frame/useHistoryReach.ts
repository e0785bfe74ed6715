import { useState } from "react";
import { NavigationType, useLocation, useNavigationType } from "react-router";

import { placeNow, useRememberPlace } from "../../lib/historyPlace";

/** How far back and forward the window's pages go from here. */
export interface HistoryReach {
  canGoBack: boolean;
  canGoForward: boolean;
}

/** Whether there is a page before this one, and one after it. */
export function useHistoryReach(): HistoryReach {
  useRememberPlace();
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
