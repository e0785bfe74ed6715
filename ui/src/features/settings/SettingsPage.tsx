import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";

import { Page } from "../../components/Page";
import { Setting } from "../../components/Setting";
import { useAppState } from "../../host/state";
import { chooseDensity, useDensity, type Density } from "../../lib/density";
import { paths } from "../../lib/paths";
import classes from "./SettingsPage.module.css";
import { SettingsTabs } from "./SettingsTabs";
import { WorkspaceSettings } from "./WorkspaceSettings";

const THEMES: { value: MantineColorScheme; label: string }[] = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const DENSITIES: { value: Density; label: string }[] = [
  { value: "comfortable", label: "Comfortable" },
  { value: "compact", label: "Compact" },
];

/** How the window looks on this machine, and what everybody in the workspace shares. */
export function SettingsPage() {
  const { version, workspace } = useAppState();
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  return (
    <Page
      title="Settings"
      tabs={<SettingsTabs current={paths.settings} />}
      foot={<div ref={setFoot} />}
    >
      <div className={classes.settings}>
        <h2 className={classes.group}>Workspace</h2>
        <WorkspaceSettings foot={foot} />
        <Setting
          title="Data location"
          text={workspace?.kind === "shared" ? "Shared database" : "On this computer"}
        >
          <span className={classes.quiet}>{workspace?.location}</span>
        </Setting>
        <h2 className={classes.group}>This computer</h2>
        <Appearance />
        <Setting title="Version" text="Of this app.">
          <span className="tabular">Backstock {version}</span>
        </Setting>
      </div>
    </Page>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  return (
    <>
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
    </>
  );
}
