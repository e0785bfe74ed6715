import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "react-router";

import { paths } from "../../lib/paths";

const TABS = [
  { value: paths.people, label: "People" },
  { value: paths.roles, label: "Roles" },
];

/** The two lists of this area. */
export function PeopleTabs({ current }: { current: string }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="What is listed"
      data={TABS}
      value={current}
      onChange={(path) => void navigate(path)}
      data-testid="people-tabs"
    />
  );
}
