import { Button, Menu } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { Link } from "react-router";

import type { DataRecord } from "../../bindings";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { useSeenArea } from "../records/areas";

const LABEL = "Import a price file";

/** Whether the user may import a price file of this supplier. */
function useMayImport({ trashed }: DataRecord): boolean {
  const { mayEdit } = useSeenArea("supplier_products");
  const mayImport = useMay("import");
  return mayEdit && mayImport && !trashed;
}

/** Leads to the import of a price file of a supplier, as a button. */
export function PriceFileButton({ supplier }: { supplier: DataRecord }) {
  if (!useMayImport(supplier)) return null;
  return (
    <Button
      component={Link}
      to={paths.newPriceFile(supplier.id)}
      variant="default"
      leftSection={<IconFileImport size={16} />}
      data-testid="import-price-file"
    >
      {LABEL}
    </Button>
  );
}

/** The same as an item of the supplier's menu. */
export function PriceFileItem({ record }: { record: DataRecord }) {
  if (!useMayImport(record)) return null;
  return (
    <Menu.Item
      component={Link}
      to={paths.newPriceFile(record.id)}
      leftSection={<IconFileImport size={16} />}
      data-testid="menu-price-file"
    >
      {LABEL}
    </Menu.Item>
  );
}
