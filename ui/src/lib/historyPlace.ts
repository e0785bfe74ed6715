import { useEffect } from "react";
import { useLocation } from "react-router";

/** The place of the page that is shown in the window's history, as the router counts it. */
export function placeNow(): number {
  const state: unknown = window.history.state;
  const index = typeof state === "object" && state !== null && "idx" in state ? state.idx : 0;
  return typeof index === "number" ? index : 0;
}

let shown = placeNow();

/** The place of the page that was shown before the one that is coming. */
export function placeBefore(): number {
  return shown;
}

/** Remembers which page is shown, for the one that comes after it. */
export function useRememberPlace(): void {
  // Whatever page comes, this is rendered anew.
  useLocation();
  const place = placeNow();
  useEffect(() => {
    shown = place;
  }, [place]);
}
