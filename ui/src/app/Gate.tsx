import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";

import type { AppState } from "../bindings";
import { ErrorState } from "../components/ErrorState";
import { forgetToasts } from "../components/toast";
import { CreateOwner } from "../features/session/CreateOwner";
import { ExpiredPassword } from "../features/session/ExpiredPassword";
import { SignIn } from "../features/session/SignIn";
import { BrokenWorkspace } from "../features/workspaces/BrokenWorkspace";
import { ChooseWorkspace } from "../features/workspaces/ChooseWorkspace";
import { WorkspacePassword } from "../features/workspaces/WorkspacePassword";
import { useAppStateQuery } from "../host/state";
import { writeMoneyIn } from "../lib/money";
import { titleWorkspace } from "../lib/windowTitle";
import { LockableApp } from "./LockableApp";
import { createRouter } from "./router";

/** Shows what the stage asks for: choose a workspace, sign in, or the app itself. */
export function Gate() {
  const { data: state, error, refetch } = useAppStateQuery();
  const [router] = useState(createRouter);
  writeMoneyIn(state?.currency ?? "");
  useEffect(() => titleWorkspace(state?.workspace?.name ?? ""), [state?.workspace?.name]);
  useForgetOthersData(state, () => void router.navigate("/", { replace: true }));
  if (!state) {
    return error ? (
      <ErrorState error={error} title="Backstock could not start" onRetry={() => void refetch()} />
    ) : null;
  }
  switch (state.stage) {
    case "choose_workspace":
      return <ChooseWorkspace />;
    case "password_needed":
      return <WorkspacePassword key={state.workspace?.id} />;
    case "broken":
      return <BrokenWorkspace />;
    case "create_owner":
      return <CreateOwner />;
    case "sign_in":
      return <SignIn />;
    case "change_password":
      return <ExpiredPassword />;
    case "locked":
    case "ready":
      return <LockableApp router={router} isLocked={state.stage === "locked"} />;
  }
}

/** Another workspace or another person must never see what the one before had on the screen. */
function useForgetOthersData(state: AppState | undefined, leavePage: () => void): void {
  const client = useQueryClient();
  const identity = state && `${state.workspace?.id ?? ""}/${state.person?.id ?? ""}`;
  const shown = useRef(identity);
  const isInside = state?.stage === "ready" || state?.stage === "locked";
  const leave = useEffectEvent(() => {
    if (!isInside) leavePage();
  });
  useLayoutEffect(() => {
    if (shown.current !== undefined && shown.current !== identity) {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "app.state" });
      forgetToasts();
      leave();
    }
    shown.current = identity;
  }, [client, identity]);
}
