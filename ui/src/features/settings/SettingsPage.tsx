import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";

import { Page } from "../../components/Page";
import { useAppState } from "../../host/state";
import { chooseDensity, useDensity, type Density } from "../../lib/density";
import classes from "./SettingsPage.module.css";

const THEMES: { value: MantineColorScheme; label: string }[] = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const DENSITIES: { value: Density; label: string }[] = [
  { value: "comfortable", label: "Comfortable" },
  { value: "compact", label: "Compact" },
];

/** How the window looks on this machine, and what is open. */
export function SettingsPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  const { version, workspace, person } = useAppState();
  return (
    <Page title="Settings">
      <div className={classes.settings}>
        <Setting title="Theme" text="Colours of this window, on this computer only.">
          <SegmentedControl
            aria-label="Theme"
            data={THEMES}
            value={colorScheme}
            onChange={setColorScheme}
            data-testid="theme"
          />
        </Setting>
        <Setting title="Rows" text="Compact rows show more of a list at once.">
          <SegmentedControl
            aria-label="Rows"
            data={DENSITIES}
            value={density}
            onChange={chooseDensity}
            data-testid="density"
          />
        </Setting>
        <Setting
          title="Workspace"
          text={workspace?.kind === "shared" ? "Shared database" : "On this computer"}
        >
          <div>
            <div>{workspace?.name}</div>
            <div className={classes.quiet}>{workspace?.location}</div>
          </div>
        </Setting>
        <Setting title="Signed in" text="Whose name stands at every change.">
          <div>
            <div>{person?.name}</div>
            <div className={classes.quiet}>{person?.email}</div>
          </div>
        </Setting>
        <Setting title="Version" text="Of this app.">
          <span className="tabular">Backstock {version}</span>
        </Setting>
      </div>
    </Page>
  );
}

interface SettingProps {
  title: string;
  text: string;
  children: ReactNode;
}

function Setting({ title, text, children }: SettingProps) {
  return (
    <section className={classes.setting}>
      <div>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.text}>{text}</p>
      </div>
      <div className={classes.value}>{children}</div>
    </section>
  );
}
