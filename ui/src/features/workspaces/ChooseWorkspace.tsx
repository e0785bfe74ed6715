import { IconDatabase, IconDeviceDesktop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { WorkspaceKind } from "../../bindings";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { KnownWorkspaces } from "./KnownWorkspaces";
import { LocalForm } from "./LocalForm";
import { OpenFileButton } from "./OpenFileButton";
import { SharedForm } from "./SharedForm";
import { StartScreen } from "./StartScreen";
import classes from "./StartScreen.module.css";

const KINDS = [
  {
    kind: "local",
    title: "On this computer",
    text: "One file on this machine. Nothing to set up.",
    icon: IconDeviceDesktop,
  },
  {
    kind: "shared",
    title: "Shared database",
    text: "A MySQL or MariaDB server, for several people.",
    icon: IconDatabase,
  },
] as const;

/** Opens a workspace that this machine knows, or makes one. */
export function ChooseWorkspace() {
  const [kind, setKind] = useState<WorkspaceKind>("local");
  const { data: known = [] } = useQuery(commandQuery(useHost(), "workspaces.list", {}));
  const isFirst = known.length === 0;
  return (
    <StartScreen
      title={isFirst ? "Welcome to Backstock" : "Choose a workspace"}
      lead={
        isFirst
          ? "A workspace holds a shop's products and everything done to them. Where is it to be kept?"
          : "Open one that this computer knows, or add another."
      }
      foot={<OpenFileButton />}
    >
      {!isFirst && (
        <>
          <KnownWorkspaces workspaces={known} />
          <h2 className={classes.section}>Add a workspace</h2>
        </>
      )}
      <fieldset className={classes.choices}>
        <legend className="visually-hidden">Where the data is kept</legend>
        {KINDS.map((choice) => (
          <label key={choice.kind} className={classes.choice}>
            <input
              type="radio"
              name="kind"
              className="visually-hidden"
              checked={kind === choice.kind}
              onChange={() => setKind(choice.kind)}
              data-testid={`kind-${choice.kind}`}
            />
            <span className={classes.choiceTitle}>
              <choice.icon size={16} />
              {choice.title}
            </span>
            <span className={classes.choiceText}>{choice.text}</span>
          </label>
        ))}
      </fieldset>
      {kind === "local" ? <LocalForm autoFocus={isFirst} /> : <SharedForm />}
    </StartScreen>
  );
}
