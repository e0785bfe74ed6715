import { useEffect, useEffectEvent } from "react";

import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { showErrorToast } from "../../components/toast";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** How often it is looked whether the time is over. */
const LOOK_MS = 5000;

/** Locks the window; what is on the screen stays. */
export function useLock(): () => void {
  const lock = useCommand("session.lock");
  return () => {
    if (!lock.isPending) lock.mutate({}, { onError: showErrorToast });
  };
}

/** Locks the window when it has not been touched for as long as the workspace says. */
export function useIdleLock(isOpen: boolean): void {
  const { idleLockMinutes } = useAppState();
  const lock = useLock();
  const lockNow = useEffectEvent(lock);
  const isOn = isOpen && idleLockMinutes > 0;
  useEffect(() => {
    if (!isOn) return;
    let touched = Date.now();
    const look = () => {
      if (Date.now() - touched >= idleLockMinutes * 60_000) lockNow();
    };
    // After a sleep of the computer the first touch comes before the timer: it must lock as well.
    const touch = () => {
      look();
      touched = Date.now();
    };
    const timer = setInterval(look, LOOK_MS);
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, touch);
    };
  }, [isOn, idleLockMinutes]);
}
