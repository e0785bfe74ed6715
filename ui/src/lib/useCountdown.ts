import { useSyncExternalStore } from "react";

const TICK_MS = 250;

function everyTick(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

const never = () => () => {};

/**
 * The whole seconds that are left until a moment, rounded up; 0 once it has come or when there is
 * none.
 */
export function useCountdown(until: number | undefined): number {
  return useSyncExternalStore(until === undefined ? never : everyTick, () =>
    until === undefined ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)),
  );
}
