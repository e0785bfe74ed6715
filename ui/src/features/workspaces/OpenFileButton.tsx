import { Button } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";

import { InlineError } from "../../components/ErrorState";
import { useOpenFile } from "./useOpenFile";

/** The way to a workspace whose file lies somewhere on this computer, such as a copy. */
export function OpenFileButton() {
  const open = useOpenFile();
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconFolderOpen size={16} />}
        loading={open.isPending}
        onClick={() => open.mutate()}
        data-testid="open-workspace-file"
      >
        Open a workspace file…
      </Button>
      {open.error && <InlineError error={open.error} />}
    </div>
  );
}
