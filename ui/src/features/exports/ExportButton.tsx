import { Button } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useState } from "react";

import { useMay } from "../../host/state";
import { ExportDialog, type ExportScope } from "./ExportDialog";

interface ExportButtonProps {
  scope: ExportScope;
  testid: string;
}

/** Opens the export of records of a kind; nothing for people who may not export. */
export function ExportButton({ scope, testid }: ExportButtonProps) {
  const mayExport = useMay("export");
  const [opened, setOpened] = useState(false);
  if (!mayExport) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileExport size={16} />}
        onClick={() => setOpened(true)}
        data-testid={testid}
      >
        Export
      </Button>
      {opened && <ExportDialog scope={scope} onClose={() => setOpened(false)} />}
    </>
  );
}
