import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "react-router";

import { useKind } from "../../host/state";
import { paths } from "../../lib/paths";

const TABS = [
  { value: paths.settings, label: "Workspace" },
  { value: paths.customFields, label: "Fields" },
  { value: paths.failedPictures, label: "Pictures" },
];

/** The pages of the settings; the fields only for people who may see them. */
export function SettingsTabs({ current }: { current: string }) {
  const navigate = useNavigate();
  if (useKind("custom_field") === undefined) return null;
  return (
    <SegmentedControl
      aria-label="Which settings"
      data={TABS}
      value={current}
      onChange={(path) => void navigate(path)}
      data-testid="settings-tabs"
    />
  );
}
