import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "react-router";

import { paths } from "../../lib/paths";

const TABS = [
  { value: paths.suppliers, label: "Suppliers" },
  { value: paths.supplierProducts, label: "Supplier products" },
];

/** The lists of purchasing. */
export function PurchasingTabs({ current }: { current: string }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="What is listed"
      data={TABS}
      value={current}
      onChange={(path) => void navigate(path)}
      data-testid="purchasing-tabs"
    />
  );
}
