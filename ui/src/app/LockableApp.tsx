import { useQueryClient } from "@tanstack/react-query";
import { type FocusEvent, useEffect, useRef } from "react";
import { RouterProvider } from "react-router";

import { useIdleLock } from "../features/session/useIdleLock";
import { LockScreen } from "../features/session/LockScreen";
import { refetchStale } from "../host/events";
import type { createRouter } from "./router";

interface LockableAppProps {
  router: ReturnType<typeof createRouter>;
  isLocked: boolean;
}

/**
 * The app itself. While it is locked it stays where it is, out of reach under the lock screen, so
 * that nothing that was typed is lost.
 */
export function LockableApp({ router, isLocked }: LockableAppProps) {
  useIdleLock(!isLocked);
  const onFocus = useCatchUp(isLocked);
  return (
    <>
      <div style={isLocked ? HIDDEN : SHOWN} inert={isLocked} onFocus={onFocus} data-testid="app">
        <RouterProvider router={router} />
      </div>
      {isLocked && <LockScreen />}
    </>
  );
}

const SHOWN = { height: "100%" };

/** Scroll bars that lie over the page would show through at the edge of the lock screen. */
const HIDDEN = { ...SHOWN, visibility: "hidden" } as const;

/**
 * Once the window is open again, what changed meanwhile is read, and a person who was typing goes on where
 * they were. Wants to be told what gets the focus.
 */
function useCatchUp(isLocked: boolean): (event: FocusEvent) => void {
  const client = useQueryClient();
  const wasLocked = useRef(isLocked);
  const focused = useRef<Element>(null);
  useEffect(() => {
    if (wasLocked.current && !isLocked) {
      refetchStale(client);
      if (focused.current instanceof HTMLElement) focused.current.focus({ preventScroll: true });
    }
    wasLocked.current = isLocked;
  }, [client, isLocked]);
  return ({ target }) => {
    focused.current = target;
  };
}
