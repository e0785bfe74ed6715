import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
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
  useCatchUp(isLocked);
  return (
    <>
      <div style={FILL} inert={isLocked} data-testid="app">
        <RouterProvider router={router} />
      </div>
      {isLocked && <LockScreen />}
    </>
  );
}

const FILL = { height: "100%" };

/** What changed while the window was locked is read once it is open again. */
function useCatchUp(isLocked: boolean): void {
  const client = useQueryClient();
  const wasLocked = useRef(isLocked);
  useEffect(() => {
    if (wasLocked.current && !isLocked) refetchStale(client);
    wasLocked.current = isLocked;
  }, [client, isLocked]);
}
