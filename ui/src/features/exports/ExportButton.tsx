import { Button } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useState } from "react";

import { ExportDialog, type ExportScope } from "./ExportDialog";

interface ExportButtonProps {
  scope: ExportScope;
  testid: string;
}

/** Opens the export of products. */
export function ExportButton({ scope, testid }: ExportButtonProps) {
  const [opened, setOpened] = useState(false);
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
